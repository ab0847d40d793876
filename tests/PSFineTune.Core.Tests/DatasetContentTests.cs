using System.Security.Cryptography;
using PSFineTune.Data;
using Xunit;

namespace PSFineTune.Tests;

public class DatasetContentTests
{
    [Fact]
    public void Ids_are_hashes_of_content()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        Assert.All(folder.Import().Train, sample =>
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(((ImageSample)sample).Path))), sample.Id));
    }

    [Fact]
    public void What_is_known_is_not_decoded_again_unless_size_or_time_changed()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        folder.Settle();
        Assert.Equal(10, folder.Decoded());
        Assert.Equal(0, folder.Decoded());
        File.SetLastWriteTimeUtc(folder["cat/0.png"], new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, folder.Decoded());
        folder.WithFile("dog/new.png", 99);
        Assert.Equal(1, folder.Decoded());
    }

    [Fact]
    public void A_file_of_this_second_is_not_remembered()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        File.SetLastWriteTimeUtc(folder["cat/0.png"], DateTime.UtcNow.AddMinutes(1));
        folder.Decoded();
        Assert.InRange(folder.Decoded(), 1, 10);
    }

    [Theory]
    [InlineData(0), InlineData(5), InlineData(-1), InlineData(-200)]
    public void A_damaged_cache_is_ignored_and_made_again(int at)
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        folder.Settle();
        folder.Decoded();
        var file = Directory.EnumerateFiles(folder.Workspace, "*.bin", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x40;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(10, folder.Decoded());
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        Assert.Equal(10, folder.Decoded());
        File.WriteAllText(file, "");
        Assert.Equal(10, folder.Decoded());
        Assert.Equal(0, folder.Decoded());
    }

    [Fact]
    public void A_cache_of_another_folder_is_ignored()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        folder.Settle();
        folder.Decoded();
        var mine = new ContentCache(folder.Workspace, folder.Root + "\n");
        Assert.Equal(10, mine.Load().Count);
        File.Copy(mine.File, new ContentCache(folder.Workspace, "elsewhere").File);
        Assert.Empty(new ContentCache(folder.Workspace, "elsewhere").Load());
    }

    [Fact]
    public void A_workspace_that_cannot_be_written_to_is_no_error()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5).WithText("../workspace", "a file, not a folder");
        Assert.Equal(10, folder.Import().Count);
    }

    [Fact]
    public void Imports_side_by_side_do_not_break_each_other()
    {
        using var folder = new DatasetFolder().With("cat", 8).With("dog", 8);
        folder.Settle();
        var prints = new string[8];
        Parallel.For(0, prints.Length, i => prints[i] = folder.Import().Fingerprint);
        Assert.Single(prints.Distinct());
        Assert.Equal(0, folder.Decoded());
        Assert.Empty(Directory.EnumerateFiles(folder.Workspace, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Stop_names_and_counts_bad_images()
    {
        using var folder = WithBad();
        var fault = folder.Fault();
        Assert.Equal("BadImage", fault.Id);
        Assert.Contains("7 of 17 images", fault.Message);
        Assert.Equal(5, Enumerable.Range(0, 7).Count(i => fault.Message.Contains($"bad{i}.png")));
    }

    [Theory]
    [InlineData(BadSamplePolicy.Skip), InlineData(BadSamplePolicy.Report)]
    public void Skip_and_report_leave_bad_images_out_and_change_no_file(BadSamplePolicy policy)
    {
        using var folder = WithBad();
        folder.Settle();
        var before = Contents(folder.Root);
        for (var times = 0; times < 2; times++)
        {
            var data = folder.Import(settings => settings with { OnBadImage = policy });
            Assert.Equal((10, 7), (data.Count, data.Skipped.Count));
            Assert.All(data.Skipped, skipped => Assert.True(skipped.Bad && skipped.Reason.Length > 10 && skipped.Path.Contains("bad")));
        }
        Assert.Equal(before, Contents(folder.Root));
    }

    [Fact]
    public void A_class_of_bad_images_alone_is_refused()
    {
        using var folder = WithBad().WithText("fox/bad7.png", "x").WithText("fox/bad8.png", "x");
        var fault = folder.Fault(settings => settings with { OnBadImage = BadSamplePolicy.Skip });
        Assert.Equal("ClassTooSmall", fault.Id);
        Assert.Contains("'fox'", fault.Message);
    }

    [Fact]
    public void Cancelling_ends_the_import_and_keeps_what_was_read()
    {
        using var folder = new DatasetFolder().With("cat", 30).With("dog", 30);
        folder.Settle();
        using var stop = new CancellationTokenSource();
        var count = 0;
        var import = new ImageImport(new() { Root = folder.Root }, folder.Workspace, null, (_, _) =>
        {
            if (Interlocked.Increment(ref count) >= 10) stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => import.Run(stop.Token));
        Assert.InRange(folder.Decoded(), 40, 50);
    }

    [Fact]
    public void Progress_is_told_on_the_calling_thread_and_ends_at_all()
    {
        using var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        var told = new List<(int Thread, ImportProgress Progress)>();
        ImageDataset.Import(new() { Root = folder.Root }, folder.Workspace, TestContext.Current.CancellationToken, new Listener(progress => told.Add((Environment.CurrentManagedThreadId, progress))));
        Assert.All(told, call => Assert.Equal(Environment.CurrentManagedThreadId, call.Thread));
        Assert.Equal((10, 10), (told[^1].Progress.Done, told[^1].Progress.Total));
    }

    static DatasetFolder WithBad()
    {
        var folder = new DatasetFolder().With("cat", 5).With("dog", 5);
        for (var i = 0; i < 6; i++) folder.WithText($"cat/bad{i}.png", i == 0 ? "" : $"no image {i}");
        File.WriteAllBytes(folder["dog/bad6.png"], File.ReadAllBytes(folder["dog/0.png"])[..60]);
        return folder;
    }

    static string Contents(string root) => string.Join('\n', Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {File.GetLastWriteTimeUtc(file):O}"));

    sealed class Listener(Action<ImportProgress> told) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => told(value);
    }
}
