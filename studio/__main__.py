"""`python -m studio` is the `backgear` command."""

from studio.cli import main

if __name__ == "__main__":
    main()
