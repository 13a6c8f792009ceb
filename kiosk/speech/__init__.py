"""Reading aloud: text to sentences, sentences to their spoken form, to sound, to the loudspeaker, with a true pause."""
