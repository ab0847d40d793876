using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The example of a service without this module: built, started and asked as a user would.</summary>
public sealed class ServeOnnxTests : IDisposable
{
    // A picture of this side is not resized, so that a difference is not one of resampling.
    const int Side = 36;

    readonly TaskProcess _task = new();

    public void Dispose() => _task.Dispose();

    [Fact]
    public async Task The_example_answers_as_Invoke_Prediction_does()
    {
        var said = Done(_task.Command("host", $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module PSFineTune
            Set-Location '{{_task.Folder}}'
            New-SampleDataset ./photos -Count 20 -Size {{Side}}
            $run = Import-ImageDataset ./photos -ValidationFraction 0.3 -Workspace ws | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 32 -Epochs 1 -Threads 1 -BatchSize 8 -Workspace ws
            $run | Export-OnnxModel './my model.onnx' -IncludePreprocessing -Workspace ws
            $photo = Get-ChildItem ./photos -Recurse -Filter *.png | Select-Object -First 1
            $prediction = Invoke-Prediction $photo.FullName -Model $run -Workspace ws
            "answer|$($photo.FullName)|$($prediction.Label)|$($prediction.Confidence.ToString([cultureinfo]::InvariantCulture))"
            """, new(Variables: new() { ["PSModulePath"] = Repository.Modules })));
        var (photo, label, score) = said.Split('\n').First(line => line.StartsWith("answer|", StringComparison.Ordinal)).Trim().Split('|') is [_, var path, var best, var chance] ? (path, best, double.Parse(chance, CultureInfo.InvariantCulture)) : default;

        Done(Started(["build", Path.Combine(Repository.Root, "examples", "serve-onnx"), "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false", $"-p:ArtifactsPath={_task["built"]}/"]));
        var program = Directory.GetFiles(_task["built"], "serve-onnx.dll", SearchOption.AllDirectories).First(file => file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        using var service = Started([program, "--model", _task["my model.onnx"], "--urls", "http://127.0.0.1:0"]);
        try
        {
            const string listening = "Now listening on: ";
            // What nobody reads would stop it.
            service.ErrorDataReceived += (_, _) => { };
            service.BeginErrorReadLine();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(2));
            var line = await service.StandardOutput.ReadLineAsync(limit.Token);
            while (line is not null && !line.Contains(listening, StringComparison.Ordinal)) line = await service.StandardOutput.ReadLineAsync(limit.Token);
            Assert.NotNull(line);
            using var client = new HttpClient { BaseAddress = new(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..].Trim()) };
            var cancel = limit.Token;
            var response = await client.PostAsync("/", new ByteArrayContent(File.ReadAllBytes(photo)), cancel);
            var answers = (await response.Content.ReadFromJsonAsync<Answer[]>(cancel))!;
            Assert.Equal(label, answers[0].Label);
            Assert.InRange(answers[0].Score, score - 1e-4, score + 1e-4);
            Assert.Equal(1, answers.Sum(answer => answer.Score), 4);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/", new StringContent("no picture"), cancel)).StatusCode);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    static Process Started(string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() })!;

    static string Done(Process process)
    {
        var (code, said) = TaskProcess.Finish(process);
        Assert.True(code == 0, said);
        return said;
    }

    sealed record Answer(string Label, double Score);
}
