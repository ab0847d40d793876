using PSFineTune.Models;

namespace PSFineTune.Imaging;

/// <summary>All that a warp is told.</summary>
/// <param name="Map">From output to source, pixels from the centres.</param>
/// <param name="Size">Of the new picture.</param>
/// <param name="How">Nearest or Bilinear.</param>
/// <param name="Fill">Beyond the edges.</param>
readonly record struct Placement(AffineMap Map, (int Width, int Height) Size, Interpolation How, Rgb Fill);
