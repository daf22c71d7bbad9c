// A library needs one source; the rest of this folder is headers where it can be.
