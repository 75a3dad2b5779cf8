"""``python -m tagkit``."""

from tagkit.cli import main

if __name__ == "__main__":
    main()
