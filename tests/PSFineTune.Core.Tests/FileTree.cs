using System.Security.Cryptography;

namespace PSFineTune.Tests;

/// <summary>Everything in a folder as text: names, content, and times of the last write, for a file that is written anew with what it had is written.</summary>
static class FileTree
{
    public static string Of(string folder) => string.Join('\n', Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {(File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "")}"));
}
