using Xunit;

namespace PSFineTune.Hosting.Tests;

/// <summary>The module as it is published, without libtorch: what works at once, what is said of the rest, and that it works after an install.</summary>
public sealed class PublishedModuleTests : IDisposable
{
    readonly TempFolder _folder = new();

    public PublishedModuleTests()
    {
        var staged = Path.Combine(Root, "artifacts", "module", "PSFineTune");
        // As -WithoutTorch stages it: of the native libraries those for pictures and for fast inference.
        foreach (var file in Directory.EnumerateFiles(staged, "*", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(staged, file).Split(Path.DirectorySeparatorChar) is not ["lib", _, var native]
            || native.Contains("SkiaSharp", StringComparison.Ordinal) || native.Contains("onnxruntime", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(_folder["modules"], "PSFineTune", Path.GetRelativePath(staged, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    static string Root { get; } = Above(AppContext.BaseDirectory);

    string Module => Path.Combine(_folder["modules"], "PSFineTune");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_libtorch_what_needs_no_tensors_works_and_the_rest_names_the_cmdlet()
    {
        var result = Script("""
            New-SampleDataset ./photos -Count 4 -Size 24
            New-SampleDataset ./desk -Kind Tickets -Count 20
            $texts = Import-TextDataset ./desk/tickets.csv
            "texts: $($texts.Classes.Count -gt 1) $(@('the printer jams' | ConvertTo-TextToken).Count -gt 0)"
            Get-ChildItem ./photos -Recurse -Filter *.png | Show-ImageGrid -Path ./grid.png
            "pictures: $(Test-Path ./grid.png)"
            "architectures: $(@(Get-ModelArchitecture).Count -gt 3)"
            $data = Import-ImageDataset ./photos -ValidationFraction 0.5
            foreach ($model in 'LinearSvm', 'Svm') {
                $run = $texts | Invoke-FineTune $model
                $run | Export-FineTuneModel "./$model.psft"
                $measured = $run | Measure-FineTuneModel -Split Validation
                "$($model): $(@('the printer jams' | Invoke-Prediction -Model "./$model.psft").Count) $($measured.Accuracy -gt 0)"
            }
            foreach ($command in { $data | Invoke-FineTune ResNet20 -ImageSize 16 -Epochs 1 -Recipe Tutorial }, { $texts | Invoke-FineTune BiLstm }) {
                try { $null = & $command; "nothing: $command" } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]): $($_.ErrorDetails.RecommendedAction)" }
            }
            Test-FineTuneEnvironment | ForEach-Object { "$($_.Check) $($_.Passed)" }
            """);
        Assert.Contains("texts: True True\npictures: True\n", result.Output);
        Assert.Contains("LinearSvm: 1 True\nSvm: 1 True\n", result.Output);
        Assert.DoesNotContain("nothing:", result.Output);
        Assert.Contains("architectures: True\n", result.Output);
        Assert.Equal(2, result.Output.Split('\n').Count(line => line.StartsWith("NoRuntime: Run Install-FineTuneRuntime", StringComparison.Ordinal)));
        Assert.Contains("Library files False\nTensor library False\n", result.Output);
        Assert.Contains("Image decoding True\n", result.Output);
        Assert.Contains("System libraries True\n", result.Output);
        // TorchSharp left to itself would copy what it finds of packages beside itself.
        Assert.False(Directory.Exists(Path.Combine(Module, "lib", "cpu")));
        TestContext.Current.TestOutputHelper?.WriteLine(result.Output);
    }

    [Fact]
    public void After_an_install_of_the_real_packages_the_same_session_trains_and_predicts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "the packages of another platform are as good, but only these are restored here");
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var kept = Path.Combine(cache, "libtorch-cpu-linux-x64");
        Assert.SkipUnless(Directory.Exists(kept) && Directory.EnumerateFiles(kept, "*.nupkg", SearchOption.AllDirectories).Any(), $"'{cache}' keeps no packages");
        // Found as a user's settings are, who has named the folder of packages as a source.
        var settings = Path.Combine(_folder["home"], ".nuget", "NuGet");
        Directory.CreateDirectory(settings);
        File.WriteAllText(Path.Combine(settings, "NuGet.Config"), new System.Xml.Linq.XElement("configuration", new System.Xml.Linq.XElement("packageSources",
            new System.Xml.Linq.XElement("clear"), new System.Xml.Linq.XElement("add", new System.Xml.Linq.XAttribute("key", "kept"), new System.Xml.Linq.XAttribute("value", cache)))).ToString());
        var result = Script($$"""
            New-SampleDataset ./photos -Count 8 -Size 24
            $plan = Import-ImageDataset ./photos -ValidationFraction 0.5 | New-FineTunePlan ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 4
            try { $null = $plan | Invoke-FineTune; 'it trained without' } catch { "before: $($_.FullyQualifiedErrorId.Split(',')[0])" }
            $env:HOME = '{{_folder["home"]}}'
            $runtime = Install-FineTuneRuntime -Accelerator cpu -PassThru
            "sources: $(@($runtime.Packages.Source | Sort-Object -Unique) -eq '{{cache}}')"
            "licences: $(@(Get-ChildItem $runtime.Path -Filter *LICENSE*.txt).Count)"
            "installed: $($runtime.Path)"
            "pins: $($runtime.Packages.Pin)"
            $run = $plan | Invoke-FineTune
            "predicted: $(@(Get-ChildItem ./photos -Recurse -Filter *.png | Select-Object -First 3 | Invoke-Prediction -Model $run).Count)"
            Test-FineTuneEnvironment | Format-Table -Wrap
            "environment: $(Test-FineTuneEnvironment -Quiet)"
            [System.IO.File]::ReadAllLines('/proc/self/maps') | ForEach-Object { ($_ -split ' ')[-1] } | Where-Object { $_ -like '*libtorch_cpu*' } | Sort-Object -Unique
            """);
        TestContext.Current.TestOutputHelper?.WriteLine(result.Output);
        var home = _folder["data/PSFineTune/runtimes/0.107.0-linux-x64-cpu"];
        Assert.Contains("before: NoRuntime\n", result.Output);
        Assert.Contains($"installed: {home}\npins: Module Module\n", result.Output);
        Assert.Contains($"sources: {cache}\nlicences: 2\n", result.Output);
        Assert.Contains("predicted: 3\n", result.Output);
        Assert.Contains("environment: True\n", result.Output);
        Assert.Contains($"{home}/libtorch_cpu.so\n", result.Output);
        Assert.All(Directory.EnumerateFiles(home), file => Assert.Null(new FileInfo(file).LinkTarget));
    }

    HostResult Script(string script)
    {
        var result = HostProcess.RunScript(_folder, $"""
            $ErrorActionPreference = 'Stop'
            $env:XDG_DATA_HOME = '{_folder["data"]}'
            $env:PSFINETUNE_WORKSPACE = '{_folder["workspace"]}'
            Set-Location '{_folder.Path}'
            Import-Module '{Module}'

            """ + script);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result;
    }

    static string Above(string folder) => File.Exists(Path.Combine(folder, "PSFineTune.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);
}
