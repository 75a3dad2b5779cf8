"""Google Tag Manager: its vocabulary, the containers we write, the checks on anybody's."""
