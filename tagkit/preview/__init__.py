"""The live preview: a shop's pages with the simulator, and a panel that shows what fires.

A server of this machine alone gives both. Everything of ours is below ``/__tagkit__/``, every
other address is the shop's: the bundled one, a file, or a running shop that is fetched.
"""
