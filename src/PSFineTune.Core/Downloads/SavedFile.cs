namespace PSFineTune.Downloads;

/// <summary>A file that is whole and where it belongs.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">All 64 digits, lower case.</param>
/// <param name="Bytes">Size.</param>
/// <param name="WasThere">Nothing had to be fetched.</param>
sealed record SavedFile(string Path, string Sha256, long Bytes, bool WasThere);
