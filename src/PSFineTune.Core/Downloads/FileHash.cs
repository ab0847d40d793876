using System.Security.Cryptography;

namespace PSFineTune.Downloads;

/// <summary>SHA-256 of files of any size.</summary>
static class FileHash
{
    /// <returns>Lower-case hexadecimal.</returns>
    public static string Of(Stream stream, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        while (stream.Read(buffer) is > 0 and var count)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static string Of(string path, CancellationToken cancel)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
            return Of(file, cancel);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}
