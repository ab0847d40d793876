using System.Text.RegularExpressions;

namespace PSFineTune.Build;

/// <summary>What changed, by version, in the form of https://keepachangelog.com.</summary>
static class Changelog
{
    /// <summary>What is told of a version; where it has no heading of its own yet, of what is unreleased.</summary>
    /// <exception cref="InvalidDataException">The file tells of neither.</exception>
    public static string Of(string path, string version)
    {
        var sections = Regex.Split(File.ReadAllText(path).ReplaceLineEndings("\n"), @"^## ", RegexOptions.Multiline).Skip(1).ToList();
        var told = sections.FirstOrDefault(section => section.StartsWith($"[{version}]", StringComparison.Ordinal))
            ?? sections.FirstOrDefault(section => section.StartsWith("[Unreleased]", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{path} tells neither of [{version}] nor of what is [Unreleased].");
        return told[(told.IndexOf('\n') + 1)..].Trim();
    }
}
