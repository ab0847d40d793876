using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Xml.Linq;
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
        File.WriteAllBytes(_task["clear.png"], Clear(60, 48));
        var said = Done(_task.Command("host", $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module PSFineTune
            Set-Location '{{_task.Folder}}'
            New-SampleDataset ./photos -Count 20 -Size {{Side}}
            $run = Import-ImageDataset ./photos -ValidationFraction 0.3 -Workspace ws | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 32 -Epochs 1 -Threads 1 -BatchSize 8 -Workspace ws
            $run | Export-OnnxModel './my model.onnx' -IncludePreprocessing -Workspace ws
            $photo = Get-ChildItem ./photos -Recurse -Filter *.png | Select-Object -First 1
            # The same picture as a camera would store it that was held in each of eight ways.
            $photo | Show-ImageGrid -Scale {{(Side / 96.0).ToString(CultureInfo.InvariantCulture)}} -Title None -Path ./held.jpg
            $held = [System.IO.File]::ReadAllBytes((Join-Path (Get-Location) held.jpg))
            $files = @($photo.FullName) + @(1..8 | ForEach-Object {
                $file = Join-Path (Get-Location) "held-$_.jpg"
                $orientation = 0xFF, 0xE1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, $_, 0, 0, 0, 0, 0, 0, 0
                [System.IO.File]::WriteAllBytes($file, [byte[]]($held[0..1] + $orientation + $held[2..($held.Length - 1)]))
                $file
            })
            New-SampleDataset ./large -Count 1 -Size 150
            $files += @((Get-ChildItem ./large -Recurse -Filter *.png)[0].FullName, '{{_task["clear.png"]}}')
            foreach ($prediction in $files | Invoke-Prediction -Model $run -Workspace ws) {
                "answer|$($prediction.Path)|$($prediction.Label)|$($prediction.Confidence.ToString([cultureinfo]::InvariantCulture))"
            }
            """, new(Variables: new() { ["PSModulePath"] = Repository.Modules })));
        var expected = said.Split('\n').Where(line => line.StartsWith("answer|", StringComparison.Ordinal)).Select(line => line.Trim().Split('|'))
            .Select(parts => (Photo: parts[1], Label: parts[2], Score: double.Parse(parts[3], CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(11, expected.Count);
        // Each way of holding is another picture to whoever does not turn it.
        Assert.True(expected.Skip(1).Take(8).Select(answer => Math.Round(answer.Score, 4)).Distinct().Count() > 4);

        // Nothing of the repository is above it.
        var source = Path.Combine(Repository.Root, "examples", "serve-onnx");
        Directory.CreateDirectory(_task["example"]);
        foreach (var name in new[] { "Photo.cs", "Program.cs", "serve-onnx.csproj" }) File.Copy(Path.Combine(source, name), _task[$"example/{name}"]);
        Done(Started(["build", _task["example"], "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false"]));
        var program = Directory.GetFiles(_task["example/bin"], "serve-onnx.dll", SearchOption.AllDirectories).First();
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
            foreach (var (photo, label, score) in expected)
            {
                var response = await client.PostAsync("/", new ByteArrayContent(File.ReadAllBytes(photo)), cancel);
                var answers = (await response.Content.ReadFromJsonAsync<Answer[]>(cancel))!;
                Assert.Equal(label, answers[0].Label);
                // A level of 256 may be rounded the other way where a picture is resized.
                var near = Path.GetFileName(photo).StartsWith("held", StringComparison.Ordinal) || photo == expected[0].Photo ? 1e-4 : 2e-3;
                Assert.InRange(answers[0].Score, score - near, score + near);
                Assert.Equal(1, answers.Sum(answer => answer.Score), 4);
            }
            async Task<HttpStatusCode> Asked(int width, int height) => (await client.PostAsync("/", new ByteArrayContent(Bitmap(width, height)), cancel)).StatusCode;
            foreach (var (width, height) in new[] { (1, 2000), (40000, 1), (101, 1) }) Assert.Equal(HttpStatusCode.BadRequest, await Asked(width, height));
            // Of what is only rather long, the centre is all that is made large.
            foreach (var (width, height) in new[] { (1, 1), (2, 200), (6000, 61) }) Assert.Equal(HttpStatusCode.OK, await Asked(width, height));
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/", new StringContent("no picture"), cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/", new ByteArrayContent(File.ReadAllBytes(_task["held.jpg"])[..^600]), cancel)).StatusCode);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void The_example_has_the_versions_of_the_repository_and_is_short()
    {
        var (own, central) = (XDocument.Load(Path.Combine(Repository.Root, "examples", "serve-onnx", "serve-onnx.csproj")), File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")));
        Assert.All(own.Descendants("PackageReference"), package => Assert.Contains($"Version>{(string?)package.Attribute("Version")}</", central, StringComparison.Ordinal));
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "examples", "serve-onnx", "Program.cs")).Length, 10, 30);
    }

    // A PNG of waves of colours, which shine through on the left.
    static byte[] Clear(int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < width; x++) zlib.Write([(byte)(127 + 120 * Math.Sin(x * 0.2)), (byte)(127 + 120 * Math.Sin(y * 0.15)), (byte)(x * 5 + y * 3), (byte)(x < width / 2 ? 0 : 255)]);
            }
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, [.. Four(width), .. Four(height), 8, 6, 0, 0, 0]), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];

        static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
        {
            byte[] named = [.. name, .. content];
            return [.. Four(content.Length), .. named, .. Four((int)named.Aggregate(uint.MaxValue, (crc, one) => Enumerable.Range(0, 8).Aggregate(crc ^ one, (bits, _) => (bits >> 1) ^ (0xEDB88320 & (uint)-(int)(bits & 1))), crc => ~crc))];
        }

        static byte[] Four(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    // 24 bits a pixel, rows of whole fours of bytes.
    static byte[] Bitmap(int width, int height)
    {
        var row = (3 * width + 3) / 4 * 4;
        byte[] header = [.. "BM"u8, .. Four(54 + row * height), .. Four(0), .. Four(54), .. Four(40), .. Four(width), .. Four(height), 1, 0, 24, 0, .. new byte[24]];
        return [.. header, .. Enumerable.Range(0, row * height).Select(i => (byte)(i * 7))];

        static byte[] Four(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
    }

    static Process Started(string[] arguments)
    {
        var start = Repository.NewProcess("dotnet", arguments);
        start.WorkingDirectory = Path.GetTempPath();
        return Process.Start(start)!;
    }

    static string Done(Process process)
    {
        var (code, said) = TaskProcess.Finish(process);
        Assert.True(code == 0, said);
        return said;
    }

    sealed record Answer(string Label, double Score);
}
