using Xunit;

namespace PSFineTune.Tests;

/// <summary>Real weights and photos; the tests that need them are skipped, and say so, where PSFINETUNE_ASSETS names none.</summary>
static class Assets
{
    public static string Path(string relative)
    {
        var root = Environment.GetEnvironmentVariable("PSFINETUNE_ASSETS");
        Assert.SkipWhen(string.IsNullOrEmpty(root), $"needs {relative}: set PSFINETUNE_ASSETS to the folder of real weights and data");
        var path = System.IO.Path.Combine(root!, relative);
        Assert.True(File.Exists(path) || Directory.Exists(path), $"PSFINETUNE_ASSETS is '{root}', but it has no {relative}.");
        return path;
    }
}
