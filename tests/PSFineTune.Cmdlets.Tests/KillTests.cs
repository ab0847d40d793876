using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A training process that is killed at any moment, while it writes a checkpoint too, ends with the weights of one that never was.</summary>
public sealed class KillTests : IDisposable
{
    const int Seed = 20;

    // Dropout and batch norm are in the network.
    const string Script = """
        param([string] $Folder, [string] $Workspace, [string] $Optimizer)
        $ErrorActionPreference = 'Stop'
        Import-Module PSFineTune
        $data = Import-ImageDataset $Folder
        $augment = New-AugmentPipeline RandomHorizontalFlip, MixUp
        $rates = if ($Optimizer -eq 'Sgd') { @{ Momentum = 0.9; LearningRate = 0.01 } } else { @{ LearningRate = 0.001 } }
        $run = $data | Invoke-FineTune @{ MobileNetV2 = @{ Width = 0.25 } } -Weights Random -Augment $augment -Optimizer $Optimizer @rates `
            -Average @{ Ema = @{ Decay = 0.9 } } -Epochs 3 -BatchSize 4 -ImageSize 48 -Threads 1 -Workspace $Workspace -Resume -CheckpointSteps 1
        [Console]::Out.WriteLine('hash ' + $run.WeightsHash)
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("psfinetune-kill-").FullName;
    readonly Random _moment = new(Seed);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Sgd", 7), InlineData("Adam", 7), InlineData("AdamW", 6)]
    public void Killed_at_random_moments_it_ends_with_the_same_weights(string optimizer, int kills)
    {
        File.WriteAllText(Path.Combine(_folder, "train.ps1"), Script);
        Assert.Equal(0, Finish(Host($"New-SampleDataset '{Path.Combine(_folder, "data")}' -Kind HotDog -Count 24 -Seed 1")).Code);
        var whole = HashOf(Finish(Training("whole", optimizer)));
        for (var kill = 0; kill < kills; kill++)
        {
            using var training = Training("killed", optimizer);
            // Every third while a checkpoint lies half written, the others whenever.
            if (kill % 3 == 0) WaitFor(training, HalfWritten);
            else if (WaitFor(training, () => Directory.Exists(Runs))) Thread.Sleep(_moment.Next(0, 400));
            training.Kill();
            training.WaitForExit();
        }
        var resumed = Finish(Training("killed", optimizer));
        Assert.Equal(whole, HashOf(resumed));
        Assert.Single(Directory.GetDirectories(Runs));
        Assert.Empty(Directory.GetDirectories(Runs, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_process_that_is_told_to_end_leaves_a_checkpoint_of_its_last_step()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM");
        File.WriteAllText(Path.Combine(_folder, "train.ps1"), Script.Replace("-Epochs 3", "-Epochs 1000").Replace("-CheckpointSteps 1", ""));
        Assert.Equal(0, Finish(Host($"New-SampleDataset '{Path.Combine(_folder, "data")}' -Kind HotDog -Count 24 -Seed 1")).Code);
        using var training = Training("killed", "Sgd");
        Assert.True(WaitFor(training, () => Directory.Exists(Runs) && Directory.EnumerateDirectories(Runs, "epoch-*", SearchOption.AllDirectories).Any(epoch => string.CompareOrdinal(Path.GetFileName(epoch), "epoch-0002") >= 0)));
        using (var kill = Process.Start("kill", ["-TERM", training.Id.ToString()])) kill.WaitForExit();
        Assert.True(training.WaitForExit(180_000), "it did not end");
        Assert.Equal(143, training.ExitCode);
        var run = Directory.GetDirectories(Runs).Single();
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "record.json")));
        Assert.Equal(130, record.RootElement.GetProperty("exitCode").GetInt32());
        var newest = Directory.GetDirectories(Path.Combine(run, "checkpoints")).Order(StringComparer.Ordinal).Last();
        using var kept = JsonDocument.Parse(File.ReadAllText(Path.Combine(newest, "record.json")));
        Assert.Equal(record.RootElement.GetProperty("weightsHash").GetString(), kept.RootElement.GetProperty("weightsHash").GetString());
    }

    string Runs => Path.Combine(_folder, "killed", "runs");

    bool HalfWritten() => Directory.Exists(Runs) && Directory.EnumerateDirectories(Runs, "*.tmp", SearchOption.AllDirectories).Any();

    Process Training(string workspace, string optimizer) =>
        Started(Path.Combine(_folder, "train.ps1"), Path.Combine(_folder, "data"), Path.Combine(_folder, workspace), optimizer);

    Process Host(string command) => Started("-Command", "Import-Module PSFineTune; " + command);

    Process Started(params string[] arguments)
    {
        var start = Repository.NewProcess("dotnet", [Path.Combine(AppContext.BaseDirectory, "PSFineTune.Host.dll"), .. arguments]);
        start.Environment["PSFINETUNE_WORKSPACE"] = Path.Combine(_folder, "default");
        return Process.Start(start)!;
    }

    static (int Code, string Output) Finish(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
    }

    static string HashOf((int Code, string Output) finished)
    {
        Assert.True(finished.Code == 0, finished.Output);
        return finished.Output.Split('\n').Single(line => line.StartsWith("hash ", StringComparison.Ordinal));
    }

    // False where the process ended first: then it was finished before it could be killed.
    static bool WaitFor(Process process, Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && watch.Elapsed < TimeSpan.FromMinutes(4))
        {
            if (holds()) return true;
            Thread.Sleep(1);
        }
        return false;
    }
}
