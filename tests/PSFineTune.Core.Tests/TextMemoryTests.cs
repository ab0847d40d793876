using System.Text;
using PSFineTune.Data;
using PSFineTune.Data.Texts;
using Xunit;

namespace PSFineTune.Tests;

public class TextMemoryTests
{
    const int Count = 100_000;

    [Fact]
    public void Many_rows_stay_bytes_and_not_strings()
    {
        using var folder = new TextFolder();
        var data = Imported(folder);
        Assert.Equal(Count, data.Count);
        Assert.Equal("text number 99999 of a file with many of about seventy letters each", data.TextAt(Count - 1));
        // 67 bytes of text, 32 of a hash, 8 of a place, 13 of numbers; as a string the text alone would be 158.
        Assert.InRange(MeasuredMemory.Of(nameof(TextMemoryTests)) / (double)Count, 100, 150);
    }

    internal static long Measured()
    {
        using var folder = new TextFolder();
        return MeasuredMemory.Kept(() => Imported(folder));
    }

    static TextDataset Imported(TextFolder folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder["a.csv"])!);
        using (var writer = new StreamWriter(folder["a.csv"]))
        {
            writer.WriteLine("text,label");
            for (var i = 0; i < Count; i++) writer.WriteLine($"text number {i} of a file with many of about seventy letters each,{i % 5}");
        }
        return folder.Import("a.csv");
    }

    [Fact]
    public void What_memory_should_not_hold_lies_in_a_file_that_vanishes()
    {
        using var folder = new TempFolder();
        var bytes = new ByteStore(folder["cache"], most: 3 << 20);
        var store = new TextStore(bytes);
        string Text(int i) => $"{i} " + new string((char)('a' + i % 26), i % 4000);
        for (var i = 0; i < 5000; i++) store.Add(Text(i));
        Assert.True(store.IsOnDisk);
        Assert.InRange(bytes.Length, 8 << 20, 9 << 20);
        Parallel.For(0, 5000, i => Assert.Equal(Text(i), store[i]));
        if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.EnumerateFileSystemEntries(folder["cache"]));
    }

    [Fact]
    public void Few_texts_need_no_file()
    {
        using var folder = new TempFolder();
        var store = new TextStore(new(folder["cache"]));
        foreach (var text in new[] { "", "é", "内容" }) store.Add(text);
        Assert.Equal(["", "é", "内容"], Enumerable.Range(0, store.Count).Select(i => store[i]));
        Assert.False(Directory.Exists(folder["cache"]));
    }

    [Theory, InlineData("a\nb\r\nc\rd"), InlineData("a\n\n\r\n\r\re"), InlineData(""), InlineData("\n"), InlineData("x\r")]
    public void Lines_are_those_of_the_library(string text)
    {
        // Also where a line end lies across the end of a buffer.
        foreach (var before in new[] { 0, (16 << 10) - 2, (16 << 10) - 1, 16 << 10 })
        {
            var whole = new string('x', before) + text;
            var expected = new List<string>();
            using (var reader = new StringReader(whole)) while (reader.ReadLine() is { } line) expected.Add(line);
            Assert.Equal(expected.Select((line, i) => (i + 1, line)), LineReader.Read(new StringReader(whole), "text"));
        }
    }
}
