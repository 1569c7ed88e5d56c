"""What people can do in the chat. Each handler is thin: parse, call one use case, answer."""
