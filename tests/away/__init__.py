"""What changed while nobody sat at the desk: how that is noticed, what is listed, and where each line leads."""
