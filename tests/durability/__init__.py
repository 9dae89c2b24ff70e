"""A kill at any moment loses nothing: the bot kills itself at every effect of a build, and is started again."""
