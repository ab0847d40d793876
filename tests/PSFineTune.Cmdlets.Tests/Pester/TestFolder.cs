using System.Management.Automation;

namespace PSFineTune.Tests.Pester;

/// <summary>TestDrive: and $TestDrive: a folder for each file; what a block adds is gone at its end.</summary>
sealed class TestFolder(EngineIntrinsics engine)
{
    readonly Dictionary<Block, HashSet<string>> _before = [];
    string _path = "";

    public void Enter(Block block)
    {
        if (block.Parent is null) Open();
        _before[block] = [.. Entries()];
    }

    public void Leave(Block block)
    {
        if (block.Parent is null)
        {
            engine.SessionState.Drive.Remove("TestDrive", true, "global");
            Directory.Delete(_path, recursive: true);
            return;
        }
        foreach (var added in Entries().Where(entry => !_before[block].Contains(entry)).OrderDescending(StringComparer.Ordinal))
        {
            if (Directory.Exists(added)) Directory.Delete(added, recursive: true);
            else File.Delete(added);
        }
    }

    void Open()
    {
        _path = Directory.CreateTempSubdirectory("psfinetune-testdrive-").FullName;
        engine.SessionState.Drive.New(new("TestDrive", engine.SessionState.Provider.GetOne("FileSystem"), _path, "", null), "global");
        engine.SessionState.PSVariable.Set("global:TestDrive", _path);
    }

    string[] Entries() => Directory.GetFileSystemEntries(_path, "*", SearchOption.AllDirectories);
}
