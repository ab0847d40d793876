using System.Globalization;
using PSFineTune.Packaging;
using PSFineTune.Store;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A store while several processes use it at once.</summary>
public sealed class StoreRaceTests : IDisposable
{
    const int Readers = 5;
    const int ReadsEach = 2000;
    const int Publishes = 100;
    const int Seed = 4;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Readers_see_whole_models_that_were_published_while_100_publishes_and_rollbacks_run_beside_them()
    {
        var packages = Enumerable.Range(0, 30).Select(number => StoreReader.Package(_folder[$"{number}.psft"], number)).ToList();
        var store = new ModelStore(_folder["store"]);
        store.Publish(StoreReader.Name, packages[0], new() { Keep = 2 });
        var readers = Enumerable.Range(0, Readers).Select(_ => ChildProcess.Start("read", _folder["store"], ReadsEach.ToString(CultureInfo.InvariantCulture))).ToList();
        var reads = readers.Select(reader => Task.Run(() => ChildProcess.Finish(reader))).ToList();
        var writes = 0;
        // Both go on until both have done enough.
        for (; writes < Publishes || !reads.All(read => read.IsCompleted); writes++)
        {
            if (writes % 4 == 3) store.Undo(StoreReader.Name, "worse", null);
            else store.Publish(StoreReader.Name, packages[(writes + 1) % packages.Count], new() { Keep = 2 });
        }
        var known = store.History(StoreReader.Name).Select(entry => entry.Hash).ToHashSet();
        var seen = new HashSet<string>();
        var total = 0;
        foreach (var read in reads)
        {
            var (code, said) = await read;
            Assert.True(code == 0, said);
            foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.Contains(line.Split(' ')[0], known);
                seen.Add(line.Split(' ')[0]);
                total += int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            }
        }
        Assert.Equal(Readers * ReadsEach, total);
        Assert.True(seen.Count > 5, $"Readers saw {seen.Count} models in {writes} writes: they did not run beside the writer.");
        TestContext.Current.SendDiagnosticMessage($"{writes} writes, {total} reads of {seen.Count} models.");
    }

    [Fact]
    public void A_publisher_that_is_killed_at_any_moment_leaves_one_model_and_the_next_goes_on()
    {
        for (var number = 0; number < 12; number++) StoreReader.Package(_folder[$"packages/{number}.psft"], number);
        var store = new ModelStore(_folder["store"]);
        var moment = new Random(Seed);
        var last = 0;
        for (var kill = 0; kill < 12; kill++)
        {
            using var publisher = ChildProcess.Start("publish", _folder["store"], _folder["packages"]);
            Assert.True(ChildProcess.Until(() => publisher.HasExited || (store.Names().Count > 0 && store.History(StoreReader.Name).Count > last + 2)));
            Thread.Sleep(moment.Next(0, 60));
            Assert.True(!publisher.HasExited, publisher.HasExited ? publisher.StandardError.ReadToEnd() : "");
            publisher.Kill();
            publisher.WaitForExit();
            var (published, content) = store.Open(StoreReader.Name);
            Assert.Equal(published.RunId, content.Package.RunId);
            var history = store.History(StoreReader.Name);
            last = history.Count;
            Assert.Equal(published with { IsCurrent = true }, history[0]);
            Assert.All(history.Zip(history.Skip(1)), pair => Assert.Equal(pair.Second.Version, pair.First.Previous));
        }
        var after = store.Publish(StoreReader.Name, StoreReader.Package(_folder["last.psft"], 99), new() { Keep = 3 });
        Assert.Equal(after, store.Current(StoreReader.Name));
        // What is kept of three versions, what the last killed writer copied in, and no more: the rest was swept as it went.
        Assert.InRange(Directory.GetFiles(_folder["store/packages"], "*.psft").Length, 3, 12);
    }

    [Fact]
    public void Readers_need_no_right_to_write()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are others there");
        var store = new ModelStore(_folder["store"]);
        store.Publish(StoreReader.Name, StoreReader.Package(_folder["1.psft"], 1), new());
        var before = Snapshot();
        Assert.Equal("run1", store.Open(StoreReader.Name).Content.Package.RunId);
        _ = store.History(StoreReader.Name);
        _ = store.Names();
        _ = TrainedModel.From($"store:{_folder["store"]}/{StoreReader.Name}", "").Watch!.Newer();
        Assert.Equal(before, Snapshot());
    }

    // Folders too: a file that was made and removed again changes the time of its folder.
    string Snapshot() => string.Join('\n', Directory.EnumerateFileSystemEntries(_folder["store"], "*", SearchOption.AllDirectories).Append(_folder["store"]).Order(StringComparer.Ordinal)
        .Select(entry => $"{entry} {File.GetLastWriteTimeUtc(entry).Ticks}"));
}
