using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Two versions of the module on one machine: what one writes the other reads, and a session is told that it has one already.</summary>
public sealed class ModuleVersionTests : IDisposable
{
    const string Other = "99.0.1";

    readonly TaskProcess _task = new();

    public ModuleVersionTests()
    {
        var here = Path.Combine(Repository.Modules, "PSFineTune");
        foreach (var file in Directory.GetFiles(here, "*", SearchOption.AllDirectories))
        {
            var there = Path.Combine(_task["modules"], "PSFineTune", Other, Path.GetRelativePath(here, file));
            Directory.CreateDirectory(Path.GetDirectoryName(there)!);
            File.Copy(file, there);
        }
        File.WriteAllText(Manifest, Regex.Replace(File.ReadAllText(Manifest), @"(ModuleVersion\s*=\s*)'[^']*'", $"$1'{Other}'"));
    }

    string Manifest => Path.Combine(_task["modules"], "PSFineTune", Other, "PSFineTune.psd1");

    // With its dependencies for this machine, which are linked to where the packages are.
    string Import => $"Import-Module PSFineTune -RequiredVersion {Other}";

    Surroundings Both => new(Variables: new() { ["PSModulePath"] = Repository.Modules + Path.PathSeparator + _task["modules"] });

    public void Dispose() => _task.Dispose();

    [Fact]
    public void What_one_version_writes_the_other_reads()
    {
        var one = Done($"{Import}; $run = Import-TextDataset '{_task["notes.csv"]}' | Invoke-FineTune LinearSvm -Workspace '{_task["ws"]}'; $null = $run | Publish-FineTuneModel notes -Workspace '{_task["ws"]}'; \"version $((Get-Module PSFineTune).Version)\"");
        Assert.Contains($"version {Other}", one, StringComparison.Ordinal);
        var champion = Champion.Of(_task.Store);
        champion.Serves(_task);
        var two = Done($"Import-Module '{Path.Combine(Repository.Modules, "PSFineTune")}'; \"version $((Get-Module PSFineTune).Version), whole $((Test-FineTuneLedger '{_task["ws/ledger.jsonl"]}').IsWhole), runs $(@(Get-FineTuneRun -Workspace '{_task["ws"]}').Count)\"");
        Assert.Matches($"version (?!{Regex.Escape(Other)}).*, whole True, runs 1", two);
        // And both go on in the same workspace.
        Assert.Equal(0, TaskProcess.Finish(_task.Start(force: true)).Code);
        _task.Grow(1, 60);
        Assert.Contains("code 0", Done($"{Import}; \"code $((Invoke-FineTuneTask '{_task["task.json"]}' -Force -Reason 'a test').ExitCode), $((Get-PublishedModel notes -Store '{_task.Store}').Version)\""), StringComparison.Ordinal);
    }

    [Fact]
    public void In_one_session_the_first_stays_or_the_second_is_refused_in_words()
    {
        var (_, said) = TaskProcess.Finish(_task.Command("host", $"Import-Module '{Path.Combine(Repository.Modules, "PSFineTune")}'; try {{ {Import} -ErrorAction Stop; 'both' }} catch {{ \"refused: $_\" }}; \"still $(@('a fine room' | ConvertTo-TextToken).Count)\"", Both));
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.Matches("(?s)(both|refused: .+).*still [1-9]", said);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Another_build_in_one_session_is_refused_in_one_line_and_the_first_stays(bool removed)
    {
        foreach (var name in (string[])["PSFineTune.dll", "PSFineTune.Core.dll"]) Rebuild(Path.Combine(Path.GetDirectoryName(Manifest)!, name));
        var first = $"Import-Module '{Path.Combine(Repository.Modules, "PSFineTune")}'";
        var (_, said) = TaskProcess.Finish(_task.Command("host", $"{first}; {(removed ? "Remove-Module PSFineTune;" : "")} try {{ {Import} -ErrorAction Stop; 'both' }} catch {{ \"refused: $_\" }}; {(removed ? first : "")}; \"still $(@('a fine room' | ConvertTo-TextToken).Count)\"", Both));
        var lines = said.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 2, said);
        Assert.Matches("^refused: .*PSFineTune, Version=99.*already loaded", lines[0]);
        Assert.Equal("still 3", lines[1]);
    }

    // As another version's build would have it: another number, and another identity.
    static void Rebuild(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using (var pe = new PEReader(new MemoryStream(bytes)))
        {
            var (reader, start) = (pe.GetMetadataReader(), pe.PEHeaders.MetadataStartOffset);
            bytes[start + reader.GetTableMetadataOffset(TableIndex.Assembly) + 4] = 99;
            bytes[start + reader.GetHeapMetadataOffset(HeapIndex.Guid) + 16 * (reader.GetHeapOffset(reader.GetModuleDefinition().Mvid) - 1)] ^= 0x55;
        }
        File.WriteAllBytes(path, bytes);
    }

    string Done(string command)
    {
        var (code, said) = TaskProcess.Finish(_task.Command("host", $"$ErrorActionPreference = 'Stop'; {command}", Both));
        Assert.True(code == 0, said);
        return said;
    }
}
