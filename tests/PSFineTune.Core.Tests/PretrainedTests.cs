using System.Text.RegularExpressions;
using PSFineTune.Downloads;
using PSFineTune.Models;
using PSFineTune.Pretrained;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Published weights: the catalogue, the cache, and the hashes that files are held to.</summary>
public sealed partial class PretrainedTests : IDisposable
{
    static readonly DownloadOptions s_quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), IdleTimeout = TimeSpan.FromSeconds(10), Shared = true };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_catalogue_is_complete_and_one_line_an_entry()
    {
        var lines = File.ReadAllLines(Path.Combine(ConventionTests.Root, "module", "pretrained.json"));
        Assert.Equal(PretrainedCatalog.Entries.Count, lines.Count(line => line.TrimStart().StartsWith('{')));
        Assert.Equal(PretrainedCatalog.Entries.Count, PretrainedCatalog.Entries.Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(PretrainedCatalog.Entries, entry =>
        {
            Assert.Matches("^[a-zA-Z0-9_.-]+$", entry.Name);
            Assert.StartsWith("https://", entry.Url, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Architecture);
            Assert.Contains(entry.Licence, new[] { "BSD-3-Clause", "Apache-2.0" });
            Assert.NotEmpty(entry.Files);
            // torchvision's names end in the first digits of the hash.
            if (Digits().Match(entry.Files[0].Name) is { Success: true } digits) Assert.Equal(digits.Groups[1].Value, entry.Files[0].Sha256);
            else Assert.Equal("https://huggingface.co/", entry.Url);
            // Nobody's name may be two things.
            Assert.DoesNotContain(entry.Name, Catalog<ModelSpec>.Names);
        });
        Assert.All(new[] { "ResNet18", "ResNet34", "ResNet50", "ResNet101", "MobileNetV2", "SqueezeNet1_1", "Bert", "DistilBert" }, name => Assert.NotNull(PretrainedCatalog.For(name)));
    }

    [Fact]
    public void Names_are_of_architectures_or_entries_with_wildcards()
    {
        Assert.Equal("bert-base-uncased", Assert.Single(PretrainedCatalog.Find("bert")).Name);
        Assert.Equal("bert-base-chinese", Assert.Single(PretrainedCatalog.Find("BERT-base-chinese")).Name);
        Assert.Equal(["resnet18-f37072fd", "resnet101-63fe2227"], PretrainedCatalog.Find("ResNet1*").Select(entry => entry.Name));
        Assert.Empty(PretrainedCatalog.Find("none*"));
        Assert.Contains("ResNet18", Assert.Throws<FineTuneException>(() => PretrainedCatalog.Find("ResNet19")).RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x"), InlineData("a/b/c"), InlineData(""), InlineData("a/.."), InlineData("a b"), InlineData("a?x=1"), InlineData("./a"), InlineData("a--b"), InlineData("a/b--c"), InlineData("a/b.")]
    public void A_repository_is_an_id(string id) => Assert.Equal("BadRepository", Assert.Throws<FineTuneException>(() => PretrainedEntry.OfRepository(id, "main")).Id);

    [Fact]
    public void A_repository_has_a_place_of_its_own_by_revision()
    {
        Assert.Equal(("google-bert--bert-base-uncased", "google-bert/bert-base-uncased/resolve/main/"), (PretrainedEntry.OfRepository("google-bert/bert-base-uncased", "main") is var entry ? entry.Name : "", entry.Folder));
        Assert.Equal(("a--b@refs+pr+1", "a/b/resolve/refs%2Fpr%2F1/"), (PretrainedEntry.OfRepository("a/b", "refs/pr/1") is var other ? other.Name : "", other.Folder));
        Assert.NotEqual(PretrainedEntry.OfRepository("a/b", "refs_pr_1").Name, other.Name);
        Assert.Equal("BadRepository", Assert.Throws<FineTuneException>(() => PretrainedEntry.OfRepository("a/b", "..")).Id);
    }

    [Fact]
    public void Files_of_a_repository_come_together_and_what_is_optional_may_lack()
    {
        using var server = Repository();
        var saved = Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = server.Url });
        Assert.Equal(["config.json", "model.safetensors", "vocab.txt"], Visible("a--b"));
        Assert.Equal(_folder["cache/a--b/model.safetensors"], saved.Path);
        Assert.Equal(Hash(DownloadTests.Content(5000)), saved.Sha256);
        Assert.Contains("GET /a/b/resolve/main/model.safetensors ", server.Requests[0], StringComparison.Ordinal);
        var asked = server.Requests.Count;
        Assert.True(Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = server.Url }).FromCache);
        Assert.Equal(asked, server.Requests.Count);
        File.Delete(_folder["cache/a--b/vocab.txt"]);
        Assert.False(Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = server.Url }).FromCache);
    }

    [Fact]
    public void A_revision_with_slashes_is_escaped_once_on_its_way_to_the_server()
    {
        using var server = Repository();
        Save(PretrainedEntry.OfRepository("a/b", "refs/pr/1"), new() { Source = server.Url + "/hub" });
        Assert.StartsWith("GET /hub/a/b/resolve/refs%2Fpr%2F1/model.safetensors ", server.Requests[0], StringComparison.Ordinal);
        Assert.Equal("https://huggingface.co/a/b/resolve/refs%2Fpr%2F1/model.safetensors", SourceLayout.Of(PretrainedEntry.OfRepository("a/b", "refs/pr/1"), null)["model.safetensors"].AbsoluteUri);
    }

    [Fact]
    public void A_file_that_is_changed_upstream_is_refused_with_both_hashes()
    {
        var (entry, first, second) = (PretrainedEntry.OfRepository("a/b", "main"), DownloadTests.Content(5000), DownloadTests.Content(5000, 2));
        using (var server = Repository()) Save(entry, new() { Source = server.Url });
        using var changed = new FileServer(exchange => exchange.Send(second));
        var fault = Assert.Throws<FineTuneException>(() => Save(entry, new() { Source = changed.Url, Force = true }, s_quick with { Replace = true }));
        Assert.Equal("PublishedFileChanged", fault.Id);
        Assert.Contains(Hash(first), fault.Message, StringComparison.Ordinal);
        Assert.Contains(Hash(second), fault.Message, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllBytes(_folder["cache/a--b/model.safetensors"]));
        // Also where the file itself is gone: what is held to is the record.
        Directory.Delete(_folder["cache/a--b"], recursive: true);
        Assert.Equal("PublishedFileChanged", Assert.Throws<FineTuneException>(() => Save(entry, new() { Source = changed.Url })).Id);
        // A file that was damaged in the cache is fetched again.
        using var good = Repository();
        Save(entry, new() { Source = good.Url });
        File.WriteAllText(_folder["cache/a--b/model.safetensors"], "damaged");
        Assert.False(Save(entry, new() { Source = good.Url }).FromCache);
        Assert.Equal(first, File.ReadAllBytes(_folder["cache/a--b/model.safetensors"]));
    }

    [Theory]
    [InlineData("a--b/model.safetensors"), InlineData("a/b/resolve/main/model.safetensors"), InlineData("model.safetensors")]
    public void A_folder_is_a_mirror_however_it_is_laid_out(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder["mirror/" + file])!);
        File.WriteAllBytes(_folder["mirror/" + file], DownloadTests.Content(3000));
        Assert.Equal(Hash(DownloadTests.Content(3000)), Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = _folder["mirror"] }).SourceSha256);
        var fault = Assert.Throws<FineTuneException>(() => Save(PretrainedEntry.OfRepository("c/d", "main"), new() { Source = _folder["empty"] }));
        Assert.Equal("DownloadNotFound", fault.Id);
    }

    [Theory]
    [InlineData("model.safetensors"), InlineData("pytorch_model.bin"), InlineData("address")]
    public void A_file_is_a_source_of_its_own_name_alone_and_its_folder_of_the_others(string name)
    {
        PublishedBert.Golden.Write(_folder["from"]);
        File.WriteAllBytes(_folder["from/model.safetensors"], DownloadTests.Content(3000));
        var source = name == "address" ? WebAddress.OfPath(_folder["from/model.safetensors"]).AbsoluteUri : Path.Combine(_folder["from"], name);
        var saved = Save(PretrainedCatalog.For("Bert")!, new() { Source = source });
        Assert.Equal(Hash(name == "pytorch_model.bin" ? PublishedBert.Golden.Weights : DownloadTests.Content(3000)), saved.SourceSha256);
        Assert.Equal(["config.json", "model.safetensors", "vocab.txt"], Visible(saved.Name));
        Assert.Equal(PublishedBert.Golden.Vocab, File.ReadAllLines(_folder[$"cache/{saved.Name}/vocab.txt"]));
        // Without the others, or by a name that the entry has not, it is none.
        File.Copy(_folder["from/model.safetensors"], _folder["weights.safetensors"]);
        Assert.Equal("DownloadNotFound", Assert.Throws<FineTuneException>(() => Save(PretrainedCatalog.For("Bert")!, new() { Source = _folder["weights.safetensors"] }, cache: "other")).Id);
        Assert.Empty(new WeightsCache(_folder["other"]).Lock.Of(saved.Name));
        // Of an entry of one file it is the file, whatever its name.
        var torch = TorchGolden.All.Files[0].File;
        File.WriteAllBytes(_folder["any.name"], torch);
        var alone = PretrainedCatalog.For("MobileNetV2")! with { Files = [new() { Name = "mobilenet_v2-x.pth", Sha256 = Hash(torch)[..8] }] };
        Assert.Equal(Hash(torch), Save(alone, new() { Source = _folder["any.name"], IsOneOfSeveral = true }).SourceSha256);
    }

    [Fact]
    public void Files_of_two_models_never_come_together()
    {
        var entry = PretrainedCatalog.For("Bert")!;
        PublishedBert.Golden.Write(_folder["mirror"]);
        // Only the weights lie in the entry's own folder, and what is beside it is another's.
        Directory.CreateDirectory(_folder[$"mirror/{entry.Name}"]);
        File.WriteAllBytes(_folder[$"mirror/{entry.Name}/model.safetensors"], DownloadTests.Content(3000));
        var fault = Assert.Throws<FineTuneException>(() => Save(entry, new() { Source = _folder["mirror"] }));
        Assert.Equal("DownloadNotFound", fault.Id);
        Assert.Contains(Path.Combine(entry.Name, "config.json"), fault.Message, StringComparison.Ordinal);
        Assert.Empty(new WeightsCache(_folder["cache"]).Lock.Of(entry.Name));
    }

    [Fact]
    public void A_flat_folder_is_not_the_source_of_several_without_hashes()
    {
        var entry = PretrainedCatalog.For("Bert")!;
        PublishedBert.Golden.Write(_folder["flat"]);
        var several = new SaveRequest { Source = _folder["flat"], IsOneOfSeveral = true };
        Assert.Equal("FlatSource", Assert.Throws<FineTuneException>(() => Save(entry, several)).Id);
        Assert.Equal("FlatSource", Assert.Throws<FineTuneException>(() => Save(entry, several with { Source = _folder["flat/pytorch_model.bin"] })).Id);
        Assert.Empty(new WeightsCache(_folder["cache"]).Lock.Of(entry.Name));
        Assert.Equal("DownloadNotFound", Assert.Throws<FineTuneException>(() => Save(entry, several with { Source = _folder["empty"] })).Id);
        PublishedBert.Golden.Write(_folder[$"flat/{entry.Name}"]);
        Assert.Equal(Hash(PublishedBert.Golden.Weights), Save(entry, several).SourceSha256);
        Assert.Equal(Hash(PublishedBert.Golden.Weights), Save(entry, new() { Source = _folder["flat"] }, cache: "other").SourceSha256);
    }

    [Fact]
    public void A_record_does_not_replace_the_publishers_digits()
    {
        var (entry, content) = (PretrainedCatalog.For("ResNet18")!, DownloadTests.Content(3000));
        Directory.CreateDirectory(_folder["mirror"]);
        File.WriteAllBytes(_folder["mirror/resnet18-f37072fd.pth"], content);
        var forged = new LockedFile { Entry = entry.Name, Name = entry.Files[0].Name, Sha256 = Hash(content), Bytes = content.Length, As = "resnet18-f37072fd.safetensors", AsSha256 = Hash(content) };
        Directory.CreateDirectory(_folder[$"cache/{entry.Name}"]);
        File.WriteAllBytes(_folder[$"cache/{entry.Name}/{forged.As}"], content);
        var cache = new WeightsCache(_folder["cache"]);
        cache.Lock.Record(forged, default);
        var fault = Assert.Throws<FineTuneException>(() => Save(entry, new() { Source = _folder["mirror"] }));
        Assert.Equal("WrongRecord", fault.Id);
        Assert.Contains("f37072fd", fault.Message, StringComparison.Ordinal);
        Assert.Equal("SavedFileChanged", Assert.Throws<FineTuneException>(() => cache.Hold("ResNet18", "Published", cache.Saved("ResNet18", "Published"), Hash(content))).Id);
    }

    [Fact]
    public void Saved_weights_are_held_to_the_record()
    {
        PublishedBert.Golden.Write(_folder["mirror"]);
        var saved = Save(PretrainedCatalog.For("Bert")!, new() { Source = _folder["mirror"] });
        var cache = new WeightsCache(_folder["cache"]);
        Assert.Equal(saved.Path, cache.Saved("Bert", "Published"));
        cache.Hold("Bert", "Published", saved.Path, saved.Sha256);
        cache.Hold("Bert", "bert-base-uncased", saved.Path, saved.Sha256);
        var fault = Assert.Throws<FineTuneException>(() => cache.Hold("Bert", "Published", saved.Path, Hash(DownloadTests.Content(10))));
        Assert.Equal("SavedFileChanged", fault.Id);
        Assert.Contains("Save-PretrainedModel Bert,", fault.RecommendedAction, StringComparison.Ordinal);
        // Saving it again brings what came first, and takes nothing that lies there for it.
        File.WriteAllBytes(saved.Path, DownloadTests.Content(10));
        Assert.Equal(saved.Sha256, Save(PretrainedCatalog.For("Bert")!, new() { Source = _folder["mirror"] }).Sha256);
        Directory.CreateDirectory(_folder["cache/bert-base-chinese"]);
        File.WriteAllBytes(_folder["cache/bert-base-chinese/model.safetensors"], DownloadTests.Content(10));
        File.WriteAllBytes(_folder["mirror/model.safetensors"], DownloadTests.Content(3000));
        Assert.Equal(Hash(DownloadTests.Content(3000)), Save(PretrainedCatalog.Named("bert-base-chinese")!, new() { Source = _folder["mirror"] }).Sha256);
        // What somebody has put there is no saved file.
        File.Delete(cache.Lock.Path);
        Assert.Equal("SavedFileChanged", Assert.Throws<FineTuneException>(() => cache.Hold("Bert", "Published", saved.Path, saved.Sha256)).Id);
    }

    [Theory]
    [InlineData("vocab.txt", "[PAD]\nother"), InlineData("config.json", "{}"), InlineData("tokenizer_config.json", "{}"), InlineData("vocab.txt", null)]
    public void Every_file_of_saved_weights_is_held_to_the_record(string name, string? content)
    {
        PublishedBert.Golden.Write(_folder["mirror"]);
        var saved = Save(PretrainedCatalog.For("Bert")!, new() { Source = _folder["mirror"] });
        var cache = new WeightsCache(_folder["cache"]);
        cache.Hold("Bert", "Published", saved.Path, saved.Sha256);
        // The last of them came with no file of its publisher's: what lies there is somebody else's.
        var path = _folder[$"cache/{saved.Name}/{name}"];
        if (content is null) File.Delete(path);
        else File.WriteAllText(path, content);
        var fault = Assert.Throws<FineTuneException>(() => cache.Hold("Bert", "Published", saved.Path, saved.Sha256));
        Assert.Equal("SavedFileChanged", fault.Id);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Save-PretrainedModel Bert", fault.RecommendedAction, StringComparison.Ordinal);
        // As it says.
        Save(PretrainedCatalog.For("Bert")!, new() { Source = _folder["mirror"], Force = true }, s_quick with { Replace = true });
        cache.Hold("Bert", "Published", saved.Path, saved.Sha256);
    }

    [Fact]
    public void Published_weights_of_an_architecture_want_pixels_as_it_does()
    {
        Assert.All(PretrainedCatalog.Entries.Where(entry => PretrainedCatalog.For(entry.Architecture) == entry), entry =>
            Assert.Equal(((NetworkSpec)Catalog<ModelSpec>.Create(entry.Architecture)).DefaultPreprocessing, entry.Preprocessing));
        Assert.Equal(("resnet50-0676ba61", 232), (PretrainedCatalog.For("ResNet50")!.Name, PretrainedCatalog.Named("resnet50-11ad3fa6")!.Preprocessing!.ResizeSize));
        Assert.Equal("resnet50-0676ba61", Assert.Single(PretrainedCatalog.Find("ResNet50")).Name);
    }

    [Fact]
    public void PyTorch_files_are_kept_as_safetensors_that_say_where_they_come_from()
    {
        var torch = TorchGolden.All.Files[0].File;
        var entry = PretrainedCatalog.For("MobileNetV2")! with { Files = [new() { Name = "mobilenet_v2-x.pth", Sha256 = Hash(torch)[..8] }] };
        Directory.CreateDirectory(_folder["mirror"]);
        File.WriteAllBytes(_folder["mirror/mobilenet_v2-x.pth"], torch);
        var saved = Save(entry, new() { Source = _folder["mirror"] });
        Assert.Equal(_folder["cache/mobilenet_v2-b0353104/mobilenet_v2-x.safetensors"], saved.Path);
        Assert.Equal(["mobilenet_v2-x.safetensors"], Visible(entry.Name));
        var content = Packaging.Safetensors.ReadFile(saved.Path);
        Assert.Equal((saved.Sha256, Hash(torch)), (content.Sha256, saved.SourceSha256));
        Assert.Equal(("BSD-3-Clause", Hash(torch), "https://download.pytorch.org/models/mobilenet_v2-x.pth"), (content.Metadata["licence"], content.Metadata["source_sha256"], content.Metadata["source"]));
        Assert.Equal(new Preprocessing(), PreprocessingNote.Read(content.Metadata, new(), saved.Path));
        Assert.True(Save(entry, new() { Source = _folder["mirror"] }).FromCache);
        // To be carried on: as it is, and then taken in from there.
        var published = Save(entry, new() { Source = _folder["mirror"], AsPublished = true }, cache: "carry");
        Assert.Equal(torch, File.ReadAllBytes(published.Path));
        Assert.Equal(saved.Sha256, Save(entry, new() { Source = _folder["carry"] }, cache: "other").Sha256);
        var wrong = entry with { Name = "another", Files = [entry.Files[0] with { Sha256 = "00000000" }] };
        var fault = Assert.Throws<FineTuneException>(() => Save(wrong, new() { Source = _folder["mirror"] }));
        Assert.Equal("WrongHash", fault.Id);
        Assert.Contains("It is as it was", fault.Message, StringComparison.Ordinal);
        Assert.Equal(torch, File.ReadAllBytes(_folder["mirror/mobilenet_v2-x.pth"]));
        Assert.Empty(Visible("another"));
        // A copy of the whole server has its folders.
        Directory.CreateDirectory(_folder["server"]);
        Directory.Move(_folder["mirror"], _folder["server/models"]);
        Assert.Equal(saved.Sha256, Save(entry, new() { Source = _folder["server"] }, cache: "third").Sha256);
    }

    [Fact]
    public void A_shared_cache_can_be_read_by_all()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are inherited there");
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(_folder["cache"], (UnixFileMode)0b111_111_101);
        File.SetUnixFileMode(_folder["cache"], (UnixFileMode)0b111_111_101);
        using var server = Repository();
        Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = server.Url });
        foreach (var file in Directory.GetFiles(_folder["cache"], "*", SearchOption.AllDirectories)) Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.GroupRead | UnixFileMode.OtherRead), file);
        Assert.True(File.GetUnixFileMode(_folder["cache/a--b"]).HasFlag(UnixFileMode.GroupExecute | UnixFileMode.GroupWrite));
        // Where the group may not write into the folder, it may write nothing in it.
        Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = server.Url }, cache: "own");
        Assert.False(File.GetUnixFileMode(_folder["own/a--b/.entry.lock"]).HasFlag(UnixFileMode.GroupWrite));
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_named_with_what_to_do()
    {
        Directory.CreateDirectory(_folder["cache"]);
        File.WriteAllText(_folder["cache/pretrained.lock.json"], "{broken");
        var fault = Assert.Throws<FineTuneException>(() => new WeightsCache(_folder["cache"]).Lock.Of("resnet101-63fe2227"));
        Assert.Equal(("BrokenRecord", _folder["cache/pretrained.lock.json"]), (fault.Id, fault.Target));
        using var server = Repository();
        Assert.Equal("BrokenRecord", Assert.Throws<FineTuneException>(() => Save(PretrainedEntry.OfRepository("a/b", "main"), new() { Source = server.Url })).Id);
        Assert.Equal("{broken", File.ReadAllText(_folder["cache/pretrained.lock.json"]));
    }

    [Fact]
    public void A_source_that_has_nothing_says_what_was_looked_for()
    {
        var entry = PretrainedEntry.OfRepository("a/b", "main");
        using var server = new FileServer(exchange => exchange.Say("404 Not Found\r\nContent-Length: 0"));
        var fault = Assert.Throws<FineTuneException>(() => Save(entry, new() { Source = server.Url }));
        Assert.Equal("DownloadNotFound", fault.Id);
        Assert.Contains("'model.safetensors' or 'pytorch_model.bin'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("shards", fault.RecommendedAction, StringComparison.Ordinal);
        var gone = Assert.Throws<FineTuneException>(() => Save(entry, new() { Source = _folder["nowhere"] }));
        Assert.Equal(("DownloadNotFound", _folder["nowhere"]), (gone.Id, gone.Target));
        Assert.Contains("no folder or file", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_saved_is_a_fault_with_the_command_to_run()
    {
        var fault = Assert.Throws<FineTuneException>(() => new WeightsCache(_folder["cache"]).Saved("ResNet101", "Published"));
        Assert.Equal("NotSaved", fault.Id);
        Assert.Contains("Save-PretrainedModel ResNet101.", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Save-PretrainedModel bert-base-chinese.", Assert.Throws<FineTuneException>(() => new WeightsCache(_folder["cache"]).Saved("Bert", "bert-base-chinese")).RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("NothingPublished", Assert.Throws<FineTuneException>(() => new WeightsCache(_folder["cache"]).Saved("ResNet20", "Published")).Id);
    }

    static FileServer Repository() => new(exchange => exchange.Head.Split(' ')[1].Split('/')[^1] switch
    {
        "model.safetensors" => exchange.Send(DownloadTests.Content(5000), "\"1\""),
        "config.json" => exchange.Send("{}"u8.ToArray()),
        "vocab.txt" => exchange.Send("[PAD]"u8.ToArray()),
        _ => exchange.Say("404 Not Found\r\nContent-Length: 0"),
    });

    PretrainedModel Save(PretrainedEntry entry, SaveRequest request, DownloadOptions? options = null, string cache = "cache")
    {
        using var downloader = new Downloader(options ?? s_quick);
        return new PretrainedSave(new(_folder[cache]), downloader, request).Run(entry, null, default);
    }

    string[] Visible(string entry) => [.. Directory.GetFiles(_folder["cache/" + entry]).Select(file => Path.GetFileName(file)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];

    static string Hash(byte[] content) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content)).ToLowerInvariant();

    [GeneratedRegex(@"-([0-9a-f]{8})\.pth$")]
    private static partial Regex Digits();
}
