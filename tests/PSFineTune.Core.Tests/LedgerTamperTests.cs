using System.Text;
using PSFineTune.Ledger;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Whatever is done to the lines of a ledger, wherever, is found and called by its name.</summary>
public sealed class LedgerTamperTests : IDisposable
{
    const int Count = 24, Tries = 60;

    readonly TempFolder _folder = new();
    readonly Random _random = new(11);
    readonly string[] _lines = LedgerTests.Chain(Count, padding: 20);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void As_it_was_written_it_is_whole() => Assert.Empty(Check(_lines).Problems);

    [Fact]
    public void A_byte_changed_anywhere_is_found()
    {
        for (var i = 0; i < 10 * Tries; i++)
        {
            var bytes = Bytes(_lines);
            bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
            var check = Check(bytes);
            Assert.False(check.IsWhole, $"try {i}");
        }
    }

    [Fact]
    public void An_edited_entry_is_named_by_its_line() => Each((line, lines) =>
    {
        lines[line - 1] = lines[line - 1].Replace("0.5", "0.9");
        Assert.Equal((LedgerProblemKind.Edited, line), Only(lines));
    });

    [Fact]
    public void A_removed_entry_is_missing() => Each((line, lines) =>
        Assert.Equal((LedgerProblemKind.Missing, line), Only([.. lines[..(line - 1)], .. lines[line..]], ours: problem => problem.Kind != LedgerProblemKind.Truncated)), last: Count - 1);

    [Fact]
    public void Entries_in_another_order_are_reordered() => Each((line, lines) =>
    {
        var other = 1 + (line + _random.Next(Count - 1)) % Count;
        (lines[line - 1], lines[other - 1]) = (lines[other - 1], lines[line - 1]);
        var kinds = Check(lines).Problems.Select(problem => problem.Kind).ToHashSet();
        Assert.Contains(LedgerProblemKind.Reordered, kinds);
        Assert.DoesNotContain(LedgerProblemKind.Missing, kinds);
    });

    [Fact]
    public void An_entry_that_stands_twice_is_reordered() => Each((line, lines) =>
        Assert.Contains(LedgerProblemKind.Reordered, Check([.. lines[..line], .. lines[(line - 1)..]]).Problems.Select(problem => problem.Kind)));

    [Fact]
    public void Lines_cut_off_are_truncated() => Each((line, lines) =>
    {
        Assert.Equal(LedgerProblemKind.Truncated, Only(lines[..(line - 1)]).Kind);
        var bytes = Bytes(lines);
        var cut = Check(bytes[.._random.Next(1, bytes.Length - 1)]);
        Assert.False(cut.IsWhole);
        Assert.Contains(LedgerProblemKind.Truncated, cut.Problems.Select(problem => problem.Kind));
    });

    [Fact]
    public void An_entry_with_its_chain_made_anew_is_found_by_the_head() => Each((line, lines) =>
    {
        lines[line - 1] = lines[line - 1].Replace("0.5", "0.9");
        for (var next = line; next < Count; next++)
            lines[next] = lines[next].Replace($"\"previous\":\"{Hash(_lines[next - 1])}\"", $"\"previous\":\"{Hash(lines[next - 1])}\"");
        Assert.Equal((LedgerProblemKind.Edited, Count), Only(lines));
    });

    [Fact]
    public void A_head_that_is_gone_or_damaged_is_said()
    {
        Check(_lines);
        File.Delete(_folder["ledger.head"]);
        Assert.Equal(LedgerProblemKind.HeadMissing, Assert.Single(Ledger.Check().Problems).Kind);
        File.WriteAllText(_folder["ledger.head"], "{}");
        Assert.Equal(LedgerProblemKind.HeadMissing, Assert.Single(Ledger.Check().Problems).Kind);
    }

    [Fact]
    public void Entries_beyond_the_head_are_named()
    {
        File.WriteAllBytes(_folder[LedgerFile.FileName], Bytes(_lines));
        new LedgerHead(Count - 1, Hash(_lines[^2])).Write(_folder[LedgerFile.FileName]);
        Assert.Empty(Ledger.Check().Problems);
        new LedgerHead(Count - 2, Hash(_lines[^3])).Write(_folder[LedgerFile.FileName]);
        Assert.Equal((LedgerProblemKind.Unanchored, Count - 1), (Assert.Single(Ledger.Check().Problems).Kind, (int)Ledger.Check().Problems[0].Line));
    }

    LedgerFile Ledger => new(_folder[LedgerFile.FileName]);

    void Each(Action<int, string[]> tamper, int last = Count)
    {
        for (var i = 0; i < Tries; i++) tamper(_random.Next(1, last + 1), [.. _lines]);
    }

    (LedgerProblemKind Kind, int Line) Only(string[] lines, Func<LedgerProblem, bool>? ours = null) =>
        Assert.Single(Check(lines).Problems, problem => ours?.Invoke(problem) ?? true) is var problem ? (problem.Kind, (int)problem.Line) : default;

    LedgerCheck Check(string[] lines) => Check(Bytes(lines));

    // The head is that of the lines as they were written.
    LedgerCheck Check(byte[] bytes)
    {
        File.WriteAllBytes(_folder[LedgerFile.FileName], bytes);
        new LedgerHead(Count, Hash(_lines[^1])).Write(_folder[LedgerFile.FileName]);
        return Ledger.Check();
    }

    static byte[] Bytes(string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    static string Hash(string line) => LedgerLine.HashOf(Encoding.UTF8.GetBytes(line));
}
