"""``python -m tagkit``, and where the command starts."""

import gc


def main() -> None:
    """Run the command line.

    Without the garbage collector: in a life this short, with so many small values, it takes a
    tenth of the time and finds nothing; nor is there anything for the last collection, at exit.
    """
    gc.disable()
    from tagkit.cli import main as run

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
