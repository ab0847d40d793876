using System.Text.Json;
using PSFineTune.Packaging;
using PSFineTune.Store;
using Xunit;

namespace PSFineTune.Tests;

public sealed class StoreTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly List<string> _told = [];
    readonly FixedClock _clock = new();

    public void Dispose() => _folder.Dispose();

    ModelStore Store => new(_folder["store"]) { Tell = _told.Add, Clock = _clock };

    string Package(int number) => File.Exists(_folder[$"{number}.psft"]) ? _folder[$"{number}.psft"] : StoreReader.Package(_folder[$"{number}.psft"], number);

    // Later than the grace of the one before.
    PublishedModel Publish(int number, string name = "clothing", int? keep = null)
    {
        _clock.Now += TimeSpan.FromMinutes(11);
        return Store.Publish(name, Package(number), new() { Reason = $"number {number}", Verdict = "Promote", Keep = keep });
    }

    [Fact]
    public void What_is_published_is_current_and_the_same_again_changes_nothing()
    {
        var first = Publish(1);
        Assert.Equal(("clothing", 1, StoreFolder.HashOf(Package(1)), "number 1", "Promote", "run1", .75, PublishAction.Publish), (first.Name, first.Version, first.Hash, first.Reason, first.Verdict, first.RunId, first.Accuracy, first.Action));
        Assert.Equal((Locking.LockOwner.Account, Environment.MachineName, _clock.GetUtcNow(), (int?)null, true, true), (first.By, first.Host, first.Published, first.Previous, first.IsCurrent, first.IsAvailable));
        Assert.Equal(File.ReadAllBytes(Package(1)), File.ReadAllBytes(first.Path));
        Assert.Equal(first, Store.Current("Clothing"));
        Assert.Equal(first, PlanJson.Read<PublishedModel>(PlanJson.Write(first)));

        var before = Tree();
        Assert.Equal(first, Publish(1));
        Assert.Equal(before, Tree());
        Assert.Contains(_told, told => told.Contains("is this model already", StringComparison.Ordinal));

        Assert.Equal(1, Publish(2).Previous);
        Assert.Equal([2, 1], Store.History("clothing").Select(entry => entry.Version));
        Assert.Equal([true, false], Store.History("clothing").Select(entry => entry.IsCurrent));
        Publish(1, "other");
        Assert.Equal(["clothing", "other"], Store.Names());
        Assert.Equal(2, Directory.GetFiles(_folder["store/packages"]).Length);
    }

    [Fact]
    public void Undo_goes_back_once_more_each_time_and_to_a_version()
    {
        foreach (var number in new[] { 1, 2, 3 }) Publish(number);
        Assert.Equal((2, PublishAction.Undo, "worse", (int?)3), Store.Undo("clothing", "worse", null) is var undone ? (undone.Version, undone.Action, undone.Reason, undone.Previous) : default);
        Assert.Equal(1, Store.Undo("clothing", "", null).Version);
        Assert.Equal("NothingToUndo", Assert.Throws<FineTuneException>(() => Store.Undo("clothing", "", null)).Id);
        Assert.Equal(3, Store.Undo("clothing", "it was good", 3).Version);
        Assert.Equal(1, Store.Undo("clothing", "no", null).Version);
        Assert.Equal(4, Publish(4).Version);
        Assert.Equal(1, Store.Undo("clothing", "", null).Version);
        // The bytes of an older version are a new version when they are published again.
        Assert.Equal(5, Publish(2).Version);
        Assert.Equal([5, 1, 4, 1, 3, 1, 2, 3, 2, 1], Store.History("clothing").Select(entry => entry.Version));
        Assert.Equal("NoSuchVersion", Assert.Throws<FineTuneException>(() => Store.Undo("clothing", "", 9)).Id);
        var before = Tree();
        Assert.Equal(5, Store.Undo("clothing", "", 5).Version);
        Assert.Equal(before, Tree());
        Assert.Equal(File.ReadAllBytes(Package(2)), File.ReadAllBytes(Store.Open("clothing").Published.Path));
    }

    [Fact]
    public void Of_equal_models_beneath_one_another_Undo_finds_another()
    {
        foreach (var number in new[] { 1, 2, 1 }) Publish(number);
        Store.Undo("clothing", "", 1);
        Store.Undo("clothing", "", 3);
        Assert.Equal("NothingToUndo", Assert.Throws<FineTuneException>(() => Store.Undo("clothing", "", null)).Id);
    }

    [Fact]
    public void Retention_drops_neither_the_current_nor_the_previous_nor_what_another_name_keeps()
    {
        Publish(1, "other");
        for (var number = 1; number <= 5; number++) Publish(number, keep: 3);
        Assert.Equal([true, true, true, false, true], Store.History("clothing").Select(entry => entry.IsAvailable));
        // Version 4 was undone: what is current, and what it would go back to, stay before what is newer.
        Store.Undo("clothing", "", 3);
        Publish(6, keep: 1);
        Assert.Equal([6, 3], Available());
        var gone = Assert.Throws<FineTuneException>(() => Store.Undo("clothing", "", 5));
        Assert.Equal("VersionNotKept", gone.Id);
        Assert.Contains("versions 1, 3, 6", gone.Message, StringComparison.Ordinal);
        // It comes back when it is published again.
        Assert.True(Publish(5, keep: 2).IsAvailable);
        for (var number = 7; number <= 9; number++) Publish(number, "other", keep: 2);
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => Publish(1, keep: 0)).Id);

        int[] Available() => [.. Store.History("clothing").Where(entry => entry.IsAvailable && entry.Version > 1).Select(entry => entry.Version).Distinct().OrderDescending()];
    }

    [Fact]
    public void What_no_name_keeps_any_more_goes_when_the_last_lets_it_go()
    {
        Publish(1, "other");
        Publish(1);
        foreach (var number in new[] { 2, 3 }) Publish(number, keep: 2);
        Assert.True(File.Exists(Store.History("other")[0].Path));
        foreach (var number in new[] { 4, 5 }) Publish(number, "other", keep: 2);
        Assert.False(Store.History("other")[^1].IsAvailable);
    }

    [Fact]
    public void What_was_current_lately_is_not_removed_under_a_reader_that_loads_it()
    {
        Publish(1);
        var (_, opened) = Store.Open("clothing");
        _clock.Now += TimeSpan.FromDays(1);
        foreach (var number in new[] { 2, 3, 4 }) Store.Publish("clothing", Package(number), new() { Keep = 1 });
        Assert.Equal(opened.Weights.Length, opened.Weights.Bytes().Length);
        Publish(5, keep: 1);
        Assert.Equal([true, true, false, false, false], Store.History("clothing").Select(entry => entry.IsAvailable));
    }

    [Fact]
    public void A_package_that_is_not_whole_changes_nothing()
    {
        Publish(1);
        var before = Tree();
        var bytes = File.ReadAllBytes(Package(2));
        bytes[200] ^= 1;
        File.WriteAllBytes(_folder["bad.psft"], bytes);
        Assert.ThrowsAny<FineTuneException>(() => Store.Publish("clothing", _folder["bad.psft"], new()));
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => Store.Publish("clothing", _folder["none.psft"], new())).Id);
        Assert.Equal("BadModelName", Assert.Throws<FineTuneException>(() => Store.Publish("../x", Package(2), new())).Id);
        Assert.Equal(before, Tree());
        Assert.Equal("NotPublished", Assert.Throws<FineTuneException>(() => new ModelStore(_folder["none"]).Current("x")).Id);
        Assert.Equal("NotPublished", Assert.Throws<FineTuneException>(() => new ModelStore(_folder["none"]).Undo("x", "", null)).Id);
        Assert.False(Directory.Exists(_folder["none"]));
        Assert.Equal("Did you mean 'clothing'?", Assert.Throws<FineTuneException>(() => Store.Current("clotihng")).RecommendedAction);
    }

    [Theory]
    [InlineData("a", true), InlineData("Tickets-2_b.c", true), InlineData("console", true), InlineData("com10", true), InlineData("0", true)]
    [InlineData("", false), InlineData(".", false), InlineData("..", false), InlineData("a.", false), InlineData("-a", false), InlineData("a b", false), InlineData("a/b", false), InlineData("a\\b", false)]
    [InlineData("a\n", false), InlineData("CON", false), InlineData("nul.psft", false), InlineData("lpt9", false), InlineData("ä", false), InlineData("a'b", false), InlineData("c:", false)]
    public void Names_are_folders_on_every_system(string name, bool good)
    {
        Assert.Equal(good, StoreName.IsOne(name.ToLowerInvariant()));
        Assert.False(StoreName.IsOne(new string('a', 65)));
        if (good) Assert.Equal(name.ToLowerInvariant(), StoreName.Of(name));
        else Assert.Equal("BadModelName", Assert.Throws<FineTuneException>(() => StoreName.Of(name)).Id);
    }

    [Theory]
    [InlineData("store:clothing", null, "clothing"), InlineData("STORE:Clothing", null, "clothing"), InlineData("store:shared/models/clothing", "shared/models", "clothing")]
    [InlineData(@"store:\\server\share\clothing", @"\\server\share", "clothing"), InlineData(@"store:D:\models\clothing", @"D:\models", "clothing"), InlineData(@"store:D:\clothing", @"D:\", "clothing"), InlineData("store:/clothing", "/", "clothing")]
    public void A_reference_names_a_store_and_a_model(string text, string? folder, string name)
    {
        Assert.True(StoreReference.Is(text));
        var reference = StoreReference.Parse(text);
        Assert.Equal((folder, name), (reference.Folder, reference.Name));
        var again = StoreReference.Parse(reference.ToString());
        Assert.Equal((folder?.TrimEnd('/', '\\'), name), (again.Folder?.TrimEnd('/', '\\'), again.Name));
    }

    [Fact]
    public void A_writer_that_was_killed_after_the_pointer_is_in_the_history_all_the_same()
    {
        Publish(1);
        var history = File.ReadAllText(_folder["store/models/clothing/history.jsonl"]);
        Publish(2);
        File.WriteAllText(_folder["store/models/clothing/history.jsonl"], history);
        Assert.Equal([2, 1], Store.History("clothing").Select(entry => entry.Version));
        Publish(3);
        Assert.Equal([3, 2, 1], Store.History("clothing").Select(entry => entry.Version));
        Assert.Equal(3, File.ReadAllLines(_folder["store/models/clothing/history.jsonl"]).Length);
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_old_model_current()
    {
        Publish(1);
        // A folder where the new file is about to be written.
        string Blocked(string file) => Directory.CreateDirectory($"{_folder["store/models/clothing/" + file]}.{Environment.ProcessId:x}{Environment.CurrentManagedThreadId:x}.tmp").FullName;
        var blocked = Blocked("current.json");
        Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => Publish(2)).Id);
        Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => { Publish(1); Publish(2); }).Id);
        Assert.Equal((1, 1), (Store.Open("clothing").Published.Version, Store.History("clothing").Count));
        Directory.Delete(blocked);

        // The history is late, and is not lost.
        blocked = Blocked("history.jsonl");
        Assert.Equal(2, Publish(2).Version);
        Assert.Contains(_told, told => told.Contains("will be by the next publish", StringComparison.Ordinal));
        Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => Publish(3)).Id);
        Assert.Equal(2, Store.Current("clothing").Version);
        Directory.Delete(blocked);
        Assert.Equal(3, Publish(3).Version);
        Assert.Equal([3, 2, 1], Store.History("clothing").Select(entry => entry.Version));

        // A folder of packages that is none.
        Directory.CreateDirectory(_folder["full"]);
        File.WriteAllText(_folder["full/packages"], "");
        Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => new ModelStore(_folder["full"]).Publish("x", Package(1), new())).Id);
        Assert.Empty(new ModelStore(_folder["full"]).Names());
    }

    [Fact]
    public void Without_a_listener_retention_is_the_same()
    {
        var silent = new ModelStore(_folder["store"]) { Grace = TimeSpan.Zero };
        for (var number = 1; number <= 4; number++) silent.Publish("clothing", Package(number), new() { Keep = 2 });
        Assert.Equal([true, true, false, false], silent.History("clothing").Select(entry => entry.IsAvailable));
    }

    [Fact]
    public void What_killed_writers_left_is_swept_when_it_is_old_and_nothing_else_is()
    {
        Publish(1);
        string[] old = [Path.Combine("packages", new string('a', 64) + ".psft"), "packages/x.12.tmp", "models/clothing/current.json.12.tmp"];
        string[] stay = [Path.Combine("packages", new string('b', 64) + ".psft"), "packages/y.12.tmp", "packages/readme.txt"];
        foreach (var file in old.Concat(stay)) File.WriteAllText(_folder[Path.Combine("store", file)], "");
        foreach (var file in old.Append("packages/readme.txt")) File.SetLastWriteTimeUtc(_folder[Path.Combine("store", file)], _clock.GetUtcNow().UtcDateTime.AddHours(-2));
        foreach (var file in stay[..2]) File.SetLastWriteTimeUtc(_folder[Path.Combine("store", file)], _clock.GetUtcNow().UtcDateTime.AddMinutes(-5));
        Publish(2);
        Assert.All(old, file => Assert.False(File.Exists(_folder[Path.Combine("store", file)]), file));
        Assert.All(stay, file => Assert.True(File.Exists(_folder[Path.Combine("store", file)]), file));
    }

    [Fact]
    public void A_name_whose_pointer_is_gone_or_cannot_be_read_loses_no_package()
    {
        Publish(1, "other");
        _clock.Now += TimeSpan.FromDays(1000);
        File.Move(_folder["store/models/other/current.json"], _folder["kept.json"]);
        Publish(2);
        Assert.True(File.Exists(_folder[$"store/packages/{StoreFolder.HashOf(Package(1))}.psft"]));
        File.WriteAllText(_folder["store/models/other/current.json"], "{");
        Publish(3, keep: 1);
        Publish(4, keep: 1);
        Assert.Contains(_told, told => told.StartsWith("No old packages are removed", StringComparison.Ordinal));
        Assert.Equal("DamagedStore", Assert.Throws<FineTuneException>(() => Store.Current("other")).Id);
        Assert.Equal("DamagedStore", Assert.Throws<FineTuneException>(() => Publish(5, "other")).Id);
        File.Move(_folder["kept.json"], _folder["store/models/other/current.json"], overwrite: true);
        Assert.Equal(1, Store.Open("other").Published.Version);
    }

    [Fact]
    public void A_package_that_was_damaged_in_the_store_is_told_and_healed_by_the_same_publish()
    {
        var first = Publish(1);
        File.WriteAllText(first.Path, "rubbish");
        Assert.Equal("DamagedPackage", Assert.Throws<FineTuneException>(() => Store.Open("clothing")).Id);
        File.Delete(first.Path);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => Store.Open("clothing")).Id);
        Publish(1);
        Assert.Equal(1, Store.Open("clothing").Published.Version);
    }

    [Fact]
    public void A_newer_form_is_refused_by_readers_and_writers()
    {
        Publish(1);
        var pointer = _folder["store/models/clothing/current.json"];
        File.WriteAllText(pointer, File.ReadAllText(pointer).Replace("\"schemaVersion\": 1", "\"schemaVersion\": 2, \"signedBy\": 3"));
        var before = Tree();
        Assert.Equal("NewerSchema", Assert.Throws<FineTuneException>(() => Store.Current("clothing")).Id);
        Assert.Equal("NewerSchema", Assert.Throws<FineTuneException>(() => Publish(2)).Id);
        Assert.Equal(before, Tree());
    }

    // As version 1 wrote it; it is never changed, and a later form is added beside it.
    [Fact]
    public void The_oldest_form_still_reads()
    {
        var package = StoreReader.Package(_folder["1.psft"], 1);
        var hash = StoreFolder.HashOf(package);
        Directory.CreateDirectory(_folder["store/models/clothing"]);
        Directory.CreateDirectory(_folder["store/packages"]);
        File.Copy(package, _folder[$"store/packages/{hash}.psft"]);
        foreach (var name in new[] { "current.json", "history.jsonl" })
            File.WriteAllText(_folder[$"store/models/clothing/{name}"], Goldens.StoreGolden.Version1(name).Replace("{hash}", hash, StringComparison.Ordinal));
        var (published, _) = Store.Open("clothing");
        Assert.Equal((1, PublishAction.Undo, "WORKGROUP\\ops", "night-1", "worse at \"sofa\"\n", "Promote", "MobileNetV2", "run1", 2), (published.Version, published.Action, published.By, published.Host, published.Reason, published.Verdict, published.Model, published.RunId, published.Previous));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 2, 30, 0, TimeSpan.Zero), published.Published);
        Assert.Equal([1, 2, 1], Store.History("clothing").Select(entry => entry.Version));
        Assert.True(double.IsNaN(Store.History("clothing")[1].Accuracy));
        Assert.Equal(3, Publish(2).Version);
    }

    [Fact]
    public void A_watch_opens_what_is_new_after_a_while_and_not_what_is_the_same()
    {
        Publish(1);
        var trained = TrainedModel.Of(Store, "clothing");
        var watch = new ModelWatch(Store, trained.Published!, _clock);
        Store.Publish("clothing", Package(2), new());
        Assert.Null(watch.Newer());
        _clock.Now += ModelWatch.Interval;
        Assert.Equal(2, watch.Newer()!.Published!.Version);
        var newest = new ModelWatch(Store, Store.Current("clothing"), _clock);
        _clock.Now += ModelWatch.Interval;
        Assert.Null(newest.Newer());
        File.WriteAllText(_folder["store/models/clothing/current.json"], "");
        _clock.Now += ModelWatch.Interval;
        Assert.Throws<FineTuneException>(newest.Newer);
        _clock.Now += ModelWatch.Interval;
        Assert.Null(newest.Newer());
        _clock.Now += ModelWatch.Interval;
        Assert.Throws<FineTuneException>(newest.Newer);
    }

    [Fact]
    public void A_model_is_found_by_its_name()
    {
        Publish(1);
        var trained = TrainedModel.From($"store:{_folder["store"]}/Clothing", _folder["none"]);
        Assert.Equal(("run1", 1), (trained.Described.RunId, trained.Published!.Version));
        Assert.NotNull(trained.Watch);
        Assert.Null(TrainedModel.From(Store.Current("clothing"), _folder["none"]).Watch);
        Assert.Equal("NotPublished", Assert.Throws<FineTuneException>(() => TrainedModel.From("store:clothing", _folder["none"])).Id);
        // A model in memory is written first: here at another temperature.
        var calibrated = Store.Publish("clothing", trained.At(2), new());
        Assert.Equal(2, calibrated.Version);
        Assert.Equal(2, TrainedModel.From(calibrated, "").Described.Temperature);
        Assert.Equal(2, Store.Publish("clothing", TrainedModel.From(calibrated, ""), new()).Version);
        Assert.Empty(Directory.GetFiles(_folder["store/packages"], "*.tmp"));
    }

    string Tree() => string.Join('\n', Directory.GetFiles(_folder["store"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {StoreFolder.HashOf(file)} {File.GetLastWriteTimeUtc(file).Ticks}"));

    sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
