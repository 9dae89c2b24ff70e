"""`python -m bot.cli`, the same program as `planthread`."""

from bot.cli import main

if __name__ == "__main__":
    main()
