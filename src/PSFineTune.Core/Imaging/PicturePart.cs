namespace PSFineTune.Imaging;

/// <summary>
/// What was decoded of a picture, and where it lies: pixel (i, j) covers the square from (X + i * Step, Y + j * Step) to
/// (X + (i + 1) * Step, Y + (j + 1) * Step) of the upright full-size picture, whose own pixel (x, y) covers (x, y) to (x + 1, y + 1).
/// </summary>
/// <param name="Picture">The caller's to dispose.</param>
/// <param name="X">In full-size pixels. Can be below 0 by less than Step, as the far edges can lie beyond the picture: a shrunk picture ends in a whole pixel.</param>
/// <param name="Y">As X.</param>
/// <param name="Step">How many full-size pixels one pixel is wide and high: 8 / n with n from 1 to 8; 1 is full size.</param>
readonly record struct PicturePart(Picture Picture, double X, double Y, double Step);
