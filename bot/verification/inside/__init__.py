"""Small programs that run beside the judged code, with the standard library only; they import nothing of bot."""
