"""Finding words in the cases of a whole town: an index of pieces, fed behind the desk's back."""
