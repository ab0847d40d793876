using Xunit;

namespace PSFineTune.Hosting.Tests;

/// <summary>Which libtorch a process gets: ours, and no other, whatever is installed. Each in a process of its own.</summary>
public sealed class NativeIsolationTests : IDisposable
{
    const string Mapped = "[System.IO.File]::ReadAllLines('/proc/self/maps') | ForEach-Object { ($_ -split ' ')[-1] } | Where-Object { $_ -like '*torch*' } | Sort-Object -Unique";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_and_listings_load_no_native_library()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var result = Script($"Import-Module PSFineTune; $null = Get-ModelArchitecture; $null = New-AugmentPipeline RandomResizedCrop; {Mapped}");
        Assert.Equal("", result.Error);
        Assert.DoesNotContain("libtorch_cpu", result.Output);
        Assert.DoesNotContain("LibTorchSharp", result.Output);
    }

    [Fact]
    public void A_libtorch_of_the_system_is_never_taken()
    {
        var system = SystemLibrary();
        var result = Script($"Import-Module PSFineTune; 'works: ' + (Test-FineTuneEnvironment -Quiet); {Mapped}");
        Assert.Contains("works: True", result.Output);
        Assert.Contains("libtorch_cpu.so", result.Output);
        Assert.DoesNotContain(Path.GetDirectoryName(system)! + "/libtorch", result.Output);
        Assert.DoesNotContain(Path.GetDirectoryName(system)! + "/libc10", result.Output);
    }

    [Fact]
    public void A_foreign_libtorch_in_the_process_is_a_clear_error()
    {
        var system = SystemLibrary();
        var result = Script($"$null = [System.Runtime.InteropServices.NativeLibrary]::Load('{system}'); Import-Module PSFineTune; "
            + "$check = Test-FineTuneEnvironment | Where-Object Check -eq 'Tensor library'; $check.Passed; $check.Detail; $check.Action");
        Assert.StartsWith("False\n", result.Output);
        Assert.Contains(Path.GetFileName(system), result.Output);
        Assert.Contains("new", result.Output.Split('\n')[2]);
    }

    HostResult Script(string script)
    {
        var result = HostProcess.RunScript(_folder, "$env:PSFINETUNE_WORKSPACE = Join-Path $PSScriptRoot 'workspace'\n" + script);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result;
    }

    static string SystemLibrary()
    {
        var found = new[] { "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/local/lib" }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "libtorch_cpu.so*")).Order(StringComparer.Ordinal).LastOrDefault();
        Assert.SkipWhen(found is null, "no libtorch is installed on this machine (on Debian: apt-get install libtorch1.13)");
        return found!;
    }
}
