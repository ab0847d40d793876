using System.Diagnostics;
using System.Text;
using PSFineTune.Text;
using PSFineTune.Text.LibSvm;
using PSFineTune.Text.Svm;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Small data of three classes, and what LIBSVM and scikit-learn make of them.</summary>
sealed record LibSvmGolden
{
    public string Train { get; init; } = "";

    public string Test { get; init; } = "";

    public string PairTrain { get; init; } = "";

    public Dictionary<string, TrainedMachine> Machines { get; init; } = [];

    public Dictionary<string, LinearWeights> Linear { get; init; } = [];

    public static LibSvmGolden Get { get; } = PixelGolden.Embedded<LibSvmGolden>("libsvm.json");

    public static SparseDataset Read(string text) => LibSvmFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.txt");

    public static int[] LabelsOf(SparseDataset data) => [.. data.Labels.Select(label => (int)label)];

    public static SupportVectors ReadModel(string text) => LibSvmModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "model.txt");

    public static int[] Predict(SupportVectors machine, SparseDataset data) => [.. Enumerable.Range(0, data.Count).Select(row => machine.Predict(data.Rows.Columns(row), data.Rows.Values(row)))];

    /// <summary>Runs a tool of LIBSVM; the test is skipped where it is not installed.</summary>
    public static string Run(string tool, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"needs {tool} of LIBSVM on the path");
        using var process = Process.Start(new ProcessStartInfo(path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var wrong = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {said}{wrong.Result}");
        return said;
    }

    public sealed record TrainedMachine
    {
        public string Options { get; init; } = "";

        public string Model { get; init; } = "";

        public int[] Predictions { get; init; } = [];

        public double[][] Probabilities { get; init; } = [];
    }

    public sealed record LinearWeights
    {
        public double[][] Weights { get; init; } = [];

        public double[] Biases { get; init; } = [];
    }
}
