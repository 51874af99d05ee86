"""The audit of a finished clip, which says whether it shows what the mathematics gives."""
