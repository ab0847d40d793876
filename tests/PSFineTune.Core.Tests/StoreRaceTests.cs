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
        var readers = Enumerable.Range(0, Readers).Select(_ => ChildProcess.Start("read", _folder["store"], "load", ReadsEach.ToString(CultureInfo.InvariantCulture))).ToList();
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
    public async Task A_reader_whose_package_is_removed_while_it_opens_it_opens_the_newer_one()
    {
        var packages = Enumerable.Range(0, 10).Select(number => StoreReader.Package(_folder[$"{number}.psft"], number)).ToList();
        var store = new ModelStore(_folder["store"]) { Grace = TimeSpan.Zero };
        store.Publish(StoreReader.Name, packages[0], new() { Keep = 1 });
        var reads = Enumerable.Range(0, 2).Select(_ => ChildProcess.Start("read", _folder["store"], "open", "500")).ToList().ConvertAll(reader => Task.Run(() => ChildProcess.Finish(reader)));
        for (var writes = 1; !reads.TrueForAll(read => read.IsCompleted); writes++) store.Publish(StoreReader.Name, packages[writes % packages.Count], new() { Keep = 1 });
        foreach (var read in reads) Assert.True((await read).Code == 0, (await read).Said);
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
        var left = Directory.GetFiles(_folder["store/packages"], "*.psft").Length;
        var told = new List<string>();
        var after = new ModelStore(_folder["store"]) { Tell = told.Add, Grace = TimeSpan.Zero }.Publish(StoreReader.Name, StoreReader.Package(_folder["last.psft"], 99), new() { Keep = 3 });
        Assert.Equal(after, store.Current(StoreReader.Name));
        // What a name has had and does not keep was swept, by the killed writers too as far as they came.
        Assert.InRange(left, 1, 3 + 4);
        var wanted = new StoreFolder(_folder["store"]).Wanted(DateTimeOffset.MaxValue);
        var once = store.History(StoreReader.Name).Select(entry => entry.Hash).ToHashSet();
        Assert.DoesNotContain(new StoreFolder(_folder["store"]).StoredPackages(), stored => once.Contains(stored.Hash) && !wanted.Contains(stored.Hash));
        Assert.True(wanted.Count <= 3 && !told.Exists(one => one.StartsWith("No old", StringComparison.Ordinal)), string.Join('\n', told.Append($"{wanted.Count} of {once.Count}")));
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
