using System.Diagnostics;
using System.Text;
using PSFineTune.Ledger;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What is added stays, in order; whatever else is done to the files is found, or is honest about what cannot be.</summary>
public sealed class LedgerTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    string Ledger => _folder[LedgerFile.FileName];

    LedgerFile File => new(Ledger, new Clock(), _warnings.Add);

    [Fact]
    public void An_entry_comes_back_as_it_was_given()
    {
        var draft = new LedgerEntry
        {
            Event = "Run", Task = "night \"ly\"\n\u2028täglich", User = "me", Host = "here", Script = "/scripts/a b.ps1", ScriptHash = "ab", ModuleVersion = "1", ModuleHash = "cd",
            NativeHashes = new Dictionary<string, string> { ["libtorch.so"] = "ef" }, DataFingerprint = "01", PlanHash = "23", Plan = "{ \"epochs\": 3,\n \"x\": [1] }", Seed = 7,
            Metrics = new Dictionary<string, double> { ["Accuracy"] = 0.1 + 0.2, ["Loss"] = double.NaN }, Verdict = "Promote", Reason = "better", ExitCode = 0, RunId = "r",
            WeightsHash = "45", PackageHash = "67", Duration = 1.5, Details = new Dictionary<string, string> { ["a"] = "b" },
        };
        var written = File.Append(draft);
        var read = Assert.Single(File.Read());
        Assert.Equal(PlanJson.WriteLine(written), PlanJson.WriteLine(read));
        Assert.Equal(PlanJson.WriteLine(draft with { Plan = "{\"epochs\":3,\"x\":[1]}", Sequence = 1, Id = read.Id, Time = read.Time, Previous = LedgerLine.Origin }), PlanJson.WriteLine(read));
        Assert.Equal(7, Guid.Parse(read.Id).Version);
        Assert.Equal(TimeSpan.Zero, read.Time.Offset);
        Assert.Single(System.IO.File.ReadAllLines(Ledger));
    }

    [Fact]
    public void Entries_are_in_order_whatever_the_clock_says_and_page_from_both_ends()
    {
        var clock = new Clock { Step = TimeSpan.FromHours(-5) };
        var ledger = new LedgerFile(Ledger, clock);
        for (var i = 1; i <= 30; i++) Assert.Equal(i, ledger.Append(new() { Event = "Run", Task = new string('x', i * 997) }).Sequence);
        Assert.True(ledger.Check().IsWhole);
        var all = Enumerable.Range(1, 30).Select(i => (long)i).ToList();
        Assert.Equal(all, ledger.Read(newestFirst: false).Select(entry => entry.Sequence));
        all.Reverse();
        Assert.Equal(all, ledger.Read().Select(entry => entry.Sequence));
        Assert.Equal([23, 22], ledger.Read(skip: 7).Take(2).Select(entry => entry.Sequence));
        Assert.Empty(ledger.Read(skip: 30));
        Assert.Equal(30, ledger.Count());
    }

    [Fact]
    public void A_ledger_that_is_not_there_is_empty_and_is_no_ledger_to_check()
    {
        Assert.Empty(File.Read());
        Assert.Equal(0, File.Count());
        Assert.Equal("NoLedger", Assert.Throws<FineTuneException>(() => File.Check()).Id);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_file_of_version_1_still_reads()
    {
        using var golden = typeof(LedgerTests).Assembly.GetManifestResourceStream("ledger-1.jsonl")!;
        using (var copy = System.IO.File.Create(Ledger)) golden.CopyTo(copy);
        Assert.Equal("HeadMissing", Assert.Single(File.Check().Problems).Kind.ToString());
        new LedgerHead(3, "cd9060a3f3587eef782cdefdf3946797f882574334f7b34474638247a8d5b449").Write(Ledger);
        Assert.Empty(File.Check().Problems);
        var entries = File.Read(newestFirst: false).ToList();
        Assert.Equal(["Run", "Publish", "Task"], entries.Select(entry => entry.Event));
        Assert.Equal((0.8125, "{\"epochs\":5}", 42), (entries[0].Metrics["Accuracy"], entries[0].Plan, entries[0].Seed));
        Assert.Equal(10, entries[2].ExitCode);
    }

    [Fact]
    public void A_newer_form_is_refused_by_name()
    {
        Append(2);
        var newer = PlanJson.WriteLine(File.Read().First() with { Sequence = 3, SchemaVersion = 2, Previous = HashOfLast() }).Replace("\"event\"", "\"happened\"");
        System.IO.File.AppendAllText(Ledger, newer + "\n");
        foreach (var use in new Action[] { () => File.Append(new()), () => File.Read().Count(), () => File.Check() })
        {
            var fault = Assert.Throws<FineTuneException>(use);
            Assert.Equal("NewerSchema", fault.Id);
            Assert.Contains("version 2", fault.Message);
            Assert.NotEmpty(fault.RecommendedAction);
        }
    }

    [Fact]
    public void Where_the_head_cannot_be_written_the_next_append_catches_up()
    {
        Append(3);
        var late = System.IO.File.ReadAllText(LedgerHead.PathOf(Ledger));
        Append(1);
        System.IO.File.WriteAllText(LedgerHead.PathOf(Ledger), late);
        Assert.Empty(File.Check().Problems);
        Assert.Equal(5, File.Append(new()).Sequence);
        Assert.Empty(File.Check().Problems);
    }

    [Fact]
    public void A_line_cut_off_anywhere_is_moved_aside_and_said()
    {
        Append(3);
        var (whole, head) = (System.IO.File.ReadAllBytes(Ledger), System.IO.File.ReadAllText(LedgerHead.PathOf(Ledger)));
        Append(1);
        var longer = System.IO.File.ReadAllBytes(Ledger);
        for (var length = whole.Length + 1; length < longer.Length; length += 37)
        {
            System.IO.File.WriteAllBytes(Ledger, longer[..length]);
            System.IO.File.WriteAllText(LedgerHead.PathOf(Ledger), head);
            _warnings.Clear();
            var check = File.Check();
            Assert.True(check.IsWhole);
            Assert.Equal((LedgerProblemKind.Torn, 4), (Assert.Single(check.Problems).Kind, check.Problems[0].Line));
            var entry = File.Append(new() { Event = "Run" });
            Assert.Equal(4, entry.Sequence);
            var torn = _folder[entry.Details["Torn"]];
            Assert.Equal(longer[whole.Length..length], System.IO.File.ReadAllBytes(torn));
            Assert.Contains(Path.GetFileName(torn), Assert.Single(_warnings));
            Assert.Empty(File.Check().Problems);
        }
    }

    [Theory]
    [InlineData("head gone"), InlineData("head damaged"), InlineData("cut"), InlineData("edited"), InlineData("file gone"), InlineData("two more")]
    public void Nothing_is_added_to_a_ledger_that_was_changed(string how)
    {
        Append(4);
        var lines = Lines();
        if (how == "head gone") System.IO.File.Delete(LedgerHead.PathOf(Ledger));
        if (how == "head damaged") System.IO.File.WriteAllText(LedgerHead.PathOf(Ledger), "{\"entries\":4");
        if (how == "cut") Write(lines[..3]);
        if (how == "edited") Write([.. lines[..3], lines[3].Replace("\"Run\"", "\"Rum\"")]);
        if (how == "file gone") System.IO.File.Delete(Ledger);
        if (how == "two more") Forge(2);
        var before = Directory.GetFiles(_folder.Path).Order().Select(System.IO.File.ReadAllText).ToList();
        var fault = Assert.Throws<FineTuneException>(() => File.Append(new()));
        Assert.Contains(fault.Id, (string[])["LedgerBroken", "DamagedLedgerHead"]);
        Assert.False(File.Check().IsWhole);
        // An empty file is what a ledger without entries is.
        if (how != "file gone") Assert.Equal(before, Directory.GetFiles(_folder.Path).Order().Select(System.IO.File.ReadAllText));
    }

    [Fact]
    public void A_head_kept_elsewhere_is_found_again_or_tells_of_a_ledger_written_anew()
    {
        Append(3);
        var kept = File.Check().Head;
        Append(2);
        var check = File.Check(kept.ToUpperInvariant());
        Assert.Equal((true, 3), (check.IsWhole, check.ExpectedLine));
        Directory.GetFiles(_folder.Path).ToList().ForEach(System.IO.File.Delete);
        Append(5);
        Assert.True(File.Check().IsWhole);
        check = File.Check(kept);
        Assert.Equal((false, LedgerProblemKind.Rewritten), (check.IsWhole, Assert.Single(check.Problems).Kind));
    }

    [Fact]
    public void Two_instances_in_one_process_wait_for_each_other()
    {
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => File.Append(new() { Event = "Run" }));
        var check = File.Check();
        Assert.Equal((true, 40L), (check.IsWhole, check.Entries));
    }

    [Fact]
    public void The_newest_entries_and_the_next_one_need_only_the_end_of_the_file()
    {
        Write(Chain(2_000, padding: 400));
        new LedgerHead(2_000, HashOfLast()).Write(Ledger);
        Assert.Empty(File.Check().Problems);
        Assert.Equal(2_000, File.Read().Count());
        using (var stream = System.IO.File.OpenWrite(Ledger)) stream.Write("not an entry"u8);
        Assert.Equal([2_000, 1_999], File.Read().Take(2).Select(entry => entry.Sequence));
        Assert.Equal(2_001, File.Append(new()).Sequence);
        Assert.NotEmpty(File.Check().Problems);
    }

    /// <summary>The figures of module/docs/ledger.md.</summary>
    [Fact(Explicit = true)]
    public void A_hundred_thousand_entries()
    {
        Write(Chain(100_000, padding: 1000));
        new LedgerHead(100_000, HashOfLast()).Write(Ledger);
        var figures = new List<string>();
        void Time(string what, Action work)
        {
            var watch = Stopwatch.StartNew();
            work();
            figures.Add($"{what}: {watch.Elapsed.TotalSeconds:0.00} s");
        }

        Time("check", () => Assert.Empty(File.Check().Problems));
        Time("read", () => Assert.Equal(100_000, File.Read().Count()));
        Time("count", () => File.Count());
        Time("newest 20", () => File.Read().Take(20).Count());
        Time("append 100", () => Append(100));
        TestContext.Current.TestOutputHelper!.WriteLine($"{new FileInfo(Ledger).Length / 1e6:0} MB. {string.Join("; ", figures)}");
    }

    void Append(int count)
    {
        for (var i = 0; i < count; i++) File.Append(new() { Event = "Run", RunId = $"run {i}", Reason = Guid.NewGuid().ToString() });
    }

    // As whoever knows the format would: right in itself, and unknown to the head.
    void Forge(int count)
    {
        for (var i = 0; i < count; i++)
            System.IO.File.AppendAllText(Ledger, PlanJson.WriteLine(File.Read().First() with { Sequence = File.Read().First().Sequence + 1, Previous = HashOfLast() }) + "\n");
    }

    internal static string[] Chain(int count, int padding)
    {
        var (lines, hash) = (new string[count], LedgerLine.Origin);
        for (var i = 0; i < count; i++)
        {
            var line = LedgerLine.Write(new()
            {
                Sequence = i + 1, Id = EntryId.At(DateTimeOffset.UnixEpoch), Event = "Run", User = "me", Host = "here", Previous = hash, Reason = new('x', padding),
                Metrics = new Dictionary<string, double> { ["Accuracy"] = 0.5 }, Plan = "{\"epochs\":5}",
            });
            (lines[i], hash) = (Encoding.UTF8.GetString(line), LedgerLine.HashOf(line));
        }
        return lines;
    }

    string[] Lines() => System.IO.File.ReadAllLines(Ledger);

    void Write(IEnumerable<string> lines) => System.IO.File.WriteAllText(Ledger, string.Concat(lines.Select(line => line + "\n")));

    string HashOfLast() => LedgerLine.HashOf(Encoding.UTF8.GetBytes(Lines()[^1]));

    sealed class Clock : TimeProvider
    {
        DateTimeOffset _now = new(2026, 3, 29, 1, 30, 0, TimeSpan.Zero);

        public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

        public override DateTimeOffset GetUtcNow() => _now += Step;
    }
}
