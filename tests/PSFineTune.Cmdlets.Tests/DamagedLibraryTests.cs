using Xunit;

namespace PSFineTune.Tests;

/// <summary>A module whose libraries a copy has cut short says so, and is not ended by the first page that is not there.</summary>
public sealed class DamagedLibraryTests : IDisposable
{
    static readonly string s_platform = Directory.EnumerateDirectories(Path.Combine(Repository.Modules, "PSFineTune", "lib")).Select(folder => Path.GetFileName(folder)).First(name => name.Contains('-'));

    readonly TaskProcess _task = new();

    public void Dispose() => _task.Dispose();

    [Theory]
    [InlineData("torch_cpu", "Library files, Tensor library, Convolution, Fast inference")]
    [InlineData("onnxruntime", "Library files, Tensor library, Convolution, Fast inference")]
    [InlineData("SkiaSharp", "Library files, Tensor library, Convolution, Fast inference, Image decoding")]
    public void Every_row_is_there_and_what_would_load_is_not_tried(string library, string wrong)
    {
        var module = Module(library);
        var (code, said) = Finish(module, "$all = Test-FineTuneEnvironment; \"rows $($all.Count)\"; \"wrong $(($all | Where-Object Passed -EQ $false).Check -join ', ')\"; ($all | Where-Object Check -EQ 'Library files').Detail; \"quiet $(Test-FineTuneEnvironment -Quiet)\"");
        Assert.True(code == 0, said);
        Assert.Matches($"(?s)rows 11\n.*wrong {wrong}\n.*{library}.*quiet False", said.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Work_that_needs_it_is_refused_by_the_fault_that_the_pages_name()
    {
        var (code, said) = Finish(Module("torch_cpu"), "try { New-SampleDataset photos -Count 8 -Size 24; Import-ImageDataset photos -ValidationFraction 0.3 | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 1 -Threads 1 -ErrorAction Stop | Out-Null; 'worked' } catch { \"refused: $($_.FullyQualifiedErrorId) $_\" }");
        Assert.True(code == 0, said);
        Assert.Matches("refused: ModuleDamaged.*torch_cpu", said);
    }

    // Links to all that is there, but for the one library, of which a megabyte is.
    string Module(string library)
    {
        var source = Path.Combine(Repository.Modules, "PSFineTune");
        var module = _task["modules/PSFineTune"];
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var there = Path.Combine(module, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(there)!);
            if (!file.Contains(s_platform, StringComparison.Ordinal)) File.Copy(file, there);
            else if (Path.GetFileName(file) is var name && (name.StartsWith($"lib{library}.", StringComparison.Ordinal) || name.StartsWith($"{library}.", StringComparison.Ordinal))) File.WriteAllBytes(there, Head(file));
            else File.CreateSymbolicLink(there, File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file);
        }
        return module;
    }

    static byte[] Head(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[1 << 20];
        stream.ReadExactly(head);
        return head;
    }

    (int Code, string Said) Finish(string module, string command) =>
        TaskProcess.Finish(_task.Command("host", $"Import-Module '{module}'; {command}", new(Variables: new() { ["PSModulePath"] = Path.GetDirectoryName(module) })));
}
