using PSFineTune.Data;
using PSFineTune.Data.Samples;
using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

public class SampleDatasetTests
{
    public static TheoryData<string> EveryKind => [.. Catalog<PictureSet>.Names];

    [Theory, MemberData(nameof(EveryKind))]
    public void Pictures_are_decided_by_kind_seed_and_size(string kind)
    {
        var set = Catalog<PictureSet>.Create(kind) with { Size = 32 };
        Assert.Equal(set.Classes.Order(StringComparer.Ordinal), set.Classes);
        foreach (var label in set.Classes)
        {
            var png = SampleDrawing.Png(set, label, 3);
            Assert.Equal(png, SampleDrawing.Png(set, label, 3));
            Assert.NotEqual(png, SampleDrawing.Png(set, label, 4));
            Assert.NotEqual(png, SampleDrawing.Png(set with { Seed = 7 }, label, 3));
            using var picture = ImageFile.Decode(png, label);
            Assert.Equal((32, 32), (picture.Width, picture.Height));
        }
    }

    [Theory, MemberData(nameof(EveryKind))]
    public void What_is_written_can_be_imported_and_is_the_same_again(string kind)
    {
        using var folder = new TempFolder();
        var set = Catalog<PictureSet>.Create(kind) with { Size = 32, Count = 12 };
        foreach (var name in new[] { "one", "two" }) SampleDrawing.Write(set, folder[name], TestContext.Current.CancellationToken);
        var (one, two) = (Import("one"), Import("two"));
        Assert.Equal(set.Classes, one.Classes);
        Assert.Equal(12 * set.Classes.Count, one.Count);
        Assert.Equal(one.Count, one.Train.Concat(one.Validation).Select(sample => sample.Id).Distinct().Count());
        Assert.Equal(one.Fingerprint, two.Fingerprint);

        ImageDataset Import(string name) => ImageDataset.Import(new() { Root = folder[name] }, folder["workspace"], TestContext.Current.CancellationToken);
    }

    [Theory, MemberData(nameof(EveryKind))]
    public void Mean_colour_tells_no_class(string kind)
    {
        // Nearest mean colour, fitted on 60 and asked about 60 others a class, is no better than twice chance, and for two classes about chance.
        var set = Catalog<PictureSet>.Create(kind) with { Size = 16 };
        var means = set.Classes.Select(label => Enumerable.Range(1, 120).Select(number => Mean(set, label, number)).ToArray()).ToArray();
        var centres = means.Select(colours => Enumerable.Range(0, 3).Select(c => colours.Take(60).Average(colour => colour[c])).ToArray()).ToArray();
        var right = means.Select((colours, label) => colours.Skip(60).Count(colour => Nearest(colour) == label)).Sum() / (60.0 * means.Length);
        Assert.InRange(right, 0, Math.Min(2.0 / means.Length, 0.65));

        int Nearest(double[] colour) => Enumerable.Range(0, centres.Length).MinBy(i => Enumerable.Range(0, 3).Sum(c => Math.Pow(colour[c] - centres[i][c], 2)));
    }

    [Fact]
    public void Tickets_are_decided_by_seed_and_number_and_can_be_imported()
    {
        using var folder = new TempFolder();
        var set = new Tickets { Count = 60 };
        set.Write(folder["one"], TestContext.Current.CancellationToken);
        (set with { Count = 70 }).Write(folder["two"], TestContext.Current.CancellationToken);
        var (one, two) = (Import("one"), Import("two"));
        Assert.Equal(["access", "billing", "hardware", "network"], one.Classes);
        Assert.Equal((240, 280), (one.Count, two.Count));
        Assert.Equal(Texts(one).Order(StringComparer.Ordinal), Texts(two).Where(Texts(one).Contains).Order(StringComparer.Ordinal));
        Assert.InRange(Texts(one).Distinct().Count(), 235, 240);
        Assert.Contains(Texts(one), text => text.Contains('\n'));
        Assert.Contains(Texts(one), text => text.Contains('"'));
        Assert.NotEqual(set.Body("access", 1), (set with { Seed = 7 }).Body("access", 1));

        TextDataset Import(string name) => TextDataset.Import(new() { Root = Path.Combine(folder[name], Tickets.FileName) }, folder["workspace"], TestContext.Current.CancellationToken);
        static string[] Texts(TextDataset data) => [.. data.Train.Concat(data.Validation).Select(sample => ((TextSample)sample).Text)];
    }

    [Fact]
    public void The_source_set_has_many_classes_and_the_task_two()
    {
        Assert.InRange(new Shapes().Classes.Count, 10, 100);
        Assert.Equal(["hotdog", "not-hotdog"], new HotDog().Classes);
    }

    [Fact]
    public void Other_peoples_files_are_not_mixed_with()
    {
        using var folder = new TempFolder();
        new HotDog().Check(folder["new"], force: false);
        new HotDog().Check(folder.Path, force: false);
        File.WriteAllText(folder["mine.txt"], "x");
        Assert.Equal("FolderNotEmpty", Assert.Throws<FineTuneException>(() => new HotDog().Check(folder.Path, force: false)).Id);
        new HotDog().Check(folder.Path, force: true);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        foreach (var wrong in new SampleSet[] { new HotDog { Count = 0 }, new HotDog { Size = 15 }, new HotDog { Size = 1025 }, new Tickets { Count = 0 } })
            Assert.Equal("BadSampleSetting", Assert.Throws<FineTuneException>(() => wrong.Check("none", force: false)).Id);
    }

    static double[] Mean(PictureSet set, string label, int number)
    {
        using var picture = ImageFile.Decode(SampleDrawing.Png(set, label, number), label);
        var pixels = picture.Pixels.ToArray();
        return [.. Enumerable.Range(0, 3).Select(c => pixels.Where((_, i) => i % 3 == c).Average(level => (double)level))];
    }
}
