"""`python -m server.cli` is `mashang`."""

from server.cli import main

if __name__ == "__main__":
    main()
