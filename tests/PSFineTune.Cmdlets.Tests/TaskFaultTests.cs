using System.Diagnostics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A machine that fails or allows little: a task ends with the code that is documented for it, and what is published stays.</summary>
public sealed class TaskFaultTests : IDisposable
{
    // No account of any machine, and so without a home folder.
    const int Nobody = 64321;

    readonly TaskProcess _task = new();
    readonly Stack<string> _mounts = [];

    public void Dispose()
    {
        foreach (var mount in _mounts) Do("umount", "-l", mount);
        _task.Dispose();
    }

    [Fact]
    public void An_account_that_may_only_read_its_data_and_settings_trains_and_one_that_may_not_write_its_workspace_ends_with_50()
    {
        var nobody = AnotherAccount();
        Allow(_task["ws"], "0777");
        Do("chmod", "0444", _task["notes.csv"], _task["task.json"]);
        Ends(0, _task.Start(within: nobody));
        var champion = Champion.Of(_task.Store);
        Ends(10, _task.Start(within: nobody));
        champion.IsUntouched();

        Do("chown", "-R", "0", _task["ws"]);
        Do("chmod", "-R", "go-w", _task["ws"]);
        var said = Ends(50, _task.Start(within: nobody));
        Assert.Contains("cannot be written", said, StringComparison.Ordinal);
        champion.Serves(_task, nobody);
    }

    [Fact]
    public void Without_a_home_folder_the_settings_must_name_a_workspace()
    {
        var nobody = AnotherAccount();
        foreach (var name in new[] { "HOME", "XDG_DATA_HOME", "PSFINETUNE_WORKSPACE", "PSFINETUNE_STORE" }) nobody.Variables![name] = null;
        Allow(_task["ws"], "0777");
        Ends(0, _task.Start(within: nobody));
        var champion = Champion.Of(_task.Store);
        _task.Write(_task["homeless.json"], "");
        File.WriteAllText(_task["homeless.json"], File.ReadAllText(_task["homeless.json"]).Replace("\"workspace\": \"ws\",", "", StringComparison.Ordinal));
        Assert.Contains("no default workspace", Ends(50, _task.Start(settings: "homeless.json", within: nobody)), StringComparison.Ordinal);
        champion.Serves(_task, nobody);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_disk_that_fills_ends_it_with_40_and_with_room_it_goes_on(bool storeIsThere)
    {
        // Checkpoints are not begun with less than 64 MB to spare.
        Mount("ws", "size=96m");
        var store = storeIsThere ? _task.Store : _task["store"];
        if (!storeIsThere) Mount("store", "size=3m");
        _task.Write(_task["task.json"], $$""", "publish": { "store": "{{store}}" } """);
        Ends(0, _task.Start(force: true));
        var champion = Champion.Of(store);
        _task.Grow(1, 60);
        foreach (var (stage, free) in new[] { ("Lock", 1 << 20), ("Train", 0), ("Compare", 0) })
        {
            var (code, said) = TaskProcess.At(stage, _task.Start(force: true, verbose: true), _ => Fill(_task["ws/filler"], free));
            File.Delete(_task["ws/filler"]);
            Assert.True(code == 40 || (stage == "Compare" && code == 0), $"{stage}, {free} bytes: it ended with {code}:\n{said}");
            if (code == 40) champion.IsUntouched();
            else champion = Champion.Of(store);
        }
        if (!storeIsThere)
        {
            // A store without room for one more package.
            _task.Grow(2, 60);
            Fill(_task["store/filler"], 0);
            Assert.Contains("Publish", Ends(40, _task.Start(force: true)), StringComparison.Ordinal);
            File.Delete(_task["store/filler"]);
        }
        champion.Serves(_task);
        _task.Grow(3, 60);
        Ends(0, _task.Start(force: true));
        Assert.Equal(0, TaskProcess.Finish(_task.Command("host", $"Import-Module PSFineTune; exit [int](-not (Test-FineTuneLedger '{_task["ws/ledger.jsonl"]}' -Quiet))")).Code);
    }

    [Theory]
    [InlineData("Train"), InlineData("Measure")]
    public void Data_that_are_taken_away_end_it_with_a_documented_code(string stage)
    {
        Mount("photos", "size=8m");
        Ends(0, _task.Command("host", $"Import-Module PSFineTune; New-SampleDataset '{_task["photos/all"]}' -Count 30 -Size 24"));
        Ends(0, _task.Start(force: true));
        var champion = Champion.Of(_task.Store);
        File.WriteAllText(_task["photos.json"], """
            { "name": "photos", "workspace": "ws", "data": { "path": "photos/all", "testFraction": 0.3 }, "report": { "skip": true }, "notify": { "skip": true }, "publish": { "name": "notes" },
              "plan": { "model": "ResNet20", "recipe": "Tutorial", "imageSize": 16, "epochs": 2, "batchSize": 4, "threads": 1 } }
            """);
        var (code, said) = TaskProcess.At(stage, _task.Start(settings: "photos.json", verbose: true), _ => Do("umount", "-l", _task["photos"]));
        Assert.True(code is 10 or 20 or 50, $"it ended with {code}:\n{said}");
        champion.IsUntouched();
    }

    [Fact]
    public void A_workspace_that_is_taken_away_publishes_nothing()
    {
        Mount("ws", "size=96m");
        _task.Write(_task["task.json"], $$""", "publish": { "store": "{{_task["store"]}}" } """);
        Ends(0, _task.Start(force: true));
        var champion = Champion.Of(_task["store"]);
        _task.Grow(1, 60);
        var (code, said) = TaskProcess.At("Measure", _task.Start(force: true, verbose: true), _ => Do("umount", "-l", _task["ws"]));
        Assert.True(code == 50, $"it ended with {code}:\n{said}");
        champion.Serves(_task);
    }

    // Leaves so many bytes of a disk.
    static void Fill(string path, long free)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var (page, end) = (new byte[4096], 0L);
        try
        {
            while (true)
            {
                RandomAccess.Write(file, page, end);
                end += page.Length;
            }
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, Math.Max(0, end - free));
        }
    }

    // Rights do not bind root: another account has to run it, with a copy of the module that it may read wherever the packages are.
    Surroundings AnotherAccount()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && Exists("setpriv"), "needs Linux, root and setpriv");
        Allow(_task.Folder, "0755");
        var nobody = new Surroundings(Nobody, new() { ["PSFINETUNE_TEST_MODULE"] = _task["module/PSFineTune.psd1"] });
        Assert.SkipUnless(Do("cp", "-rlL", Path.Combine(Repository.Modules, "PSFineTune"), _task["module"]) == 0, "the module cannot be linked to");
        Assert.SkipUnless(Do("setpriv", $"--reuid={Nobody}", "--clear-groups", "sh", "-c", $"! find '{_task["module"]}' '{AppContext.BaseDirectory}' ! -readable | grep -q .") == 0, "another account may not read this build");
        return nobody;
    }

    void Mount(string name, string options)
    {
        Directory.CreateDirectory(_task[name]);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Exists("mount") && Do("mount", "-t", "tmpfs", "-o", options, "tmpfs", _task[name]) == 0, "nothing can be mounted here");
        _mounts.Push(_task[name]);
    }

    static void Allow(string folder, string mode)
    {
        Directory.CreateDirectory(folder);
        Do("chmod", mode, folder);
    }

    static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, program)));

    static int Do(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    static string Ends(int code, Process process)
    {
        var (found, output) = TaskProcess.Finish(process);
        Assert.True(code == found, $"it ended with {found}, not {code}:\n{output}");
        return output;
    }
}
