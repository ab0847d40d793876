using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Data;
using PSFineTune.Drift;
using PSFineTune.Embeddings;
using PSFineTune.Imaging;
using PSFineTune.Packaging;

namespace PSFineTune.Benchmarks;

/// <summary>How often new samples are called drifted that are not, and how often those that are: the same comparisons as Measure-DataDrift, of samples drawn again and again.</summary>
static class DriftPower
{
    const int References = 300;

    static readonly DriftSettings s_settings = new() { Resamples = 200 };

    /// <summary>Photos: turned, blurred, darkened, packed harder and of fewer classes.</summary>
    /// <param name="folder">Of class folders.</param>
    /// <param name="model">A package or a run's folder, whose features and predictions count; null for the module's own features and the labels.</param>
    /// <param name="draws">Comparisons of each kind without drift; with it a fifth.</param>
    public static IEnumerable<object> Photos(string folder, string? model, int draws)
    {
        var place = Directory.CreateTempSubdirectory("psfinetune-drift-").FullName;
        try
        {
            var data = ImageDataset.Import(new() { Root = folder, TestFraction = 1 }, place);
            DriftSamples all = DriftSamples.Of(data, [Split.Train, Split.Validation, Split.Test]), plain = all.Drawn(1600, 1, "photos");
            int[] some = [.. Enumerable.Range(0, plain.Items.Count).Where(row => row % 4 == 0)];
            var few = plain.At(some);
            using Embedder embedder = model is null ? new PictureEmbedder() : new ModelEmbedder(TrainedModel.From(model, place));
            (string, DriftSamples)[] others =
            [
                ("turned by 10 degrees", Edited("turned10", new Rotate { Degrees = 10 })), ("turned by 90 degrees", Edited("turned90", new Rotate { Degrees = 90 })),
                ("slightly blurred", Edited("blurred1", new Blur { KernelSize = 9, Sigma = 1 })), ("blurred", Edited("blurred3", new Blur { KernelSize = 19, Sigma = 3 })),
                ("a third darker", Edited("dark", new AdjustBrightness { Factor = 0.67 })), ("JPEG of quality 15", Edited("packed", new Recompress { Quality = 15 })),
                ("half of the classes", plain.At([.. Enumerable.Range(0, plain.Items.Count).Where(row => data.Classes.ToList().IndexOf(plain.Labels![row]) % 2 == 0)])),
            ];
            foreach (var row in Simulated("photos", embedder, false, plain, others, draws)) yield return row;

            DriftSamples Edited(string name, Edit edit)
            {
                Parallel.ForEach(few.Items, path =>
                {
                    using var source = AugmentSource.Of(EncodedImage.Open(ImageFile.Read(path), path));
                    using var picture = new AugmentPlan([edit], source.Width, source.Height).Run(source, default);
                    ImageWriter.Save(picture, FileOf(name, path), ImageFormat.Png);
                });
                return few with { Items = [.. few.Items.Select(path => FileOf(name, path))] };
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        string FileOf(string name, string path) => Path.Combine(place, name, Path.GetFileNameWithoutExtension(path) + ".png");
    }

    /// <summary>Texts: of another topic, of another language, with some of another topic among them, and with other shares of classes.</summary>
    /// <param name="root">Of sms-spam, sent-conv and thucnews-titles.</param>
    /// <param name="draws">As above.</param>
    public static IEnumerable<object> Texts(string root, int draws)
    {
        var sms = File.ReadLines(Path.Combine(root, "sms-spam", "SMSSpamCollection")).Select(line => line.Split('\t', 2)).Where(parts => parts is ["ham" or "spam", _]).ToList();
        var plain = new DriftSamples([.. sms.Select(parts => parts[1])], [.. sms.Select(parts => parts[0])]).Drawn(2500, 1, "texts");
        var trec = Lines("sent-conv/TREC.train.all", line => line[(line.IndexOf(' ') + 1)..]);
        var films = Lines("sent-conv/stsa.binary.train", line => line[2..]);
        var chinese = Lines("thucnews-titles/dev.txt", line => line.Split('\t')[0]);
        int[] spam = [.. Enumerable.Range(0, plain.Items.Count).Where(row => plain.Labels![row] == "spam")], ham = [.. Enumerable.Range(0, plain.Items.Count).Where(row => plain.Labels![row] == "ham")];
        using var embedder = new TextEmbedder();
        (string, DriftSamples)[] others =
        [
            ("questions (TREC)", trec), ("film reviews (SST-2)", films), ("Chinese titles", chinese), ("one in five a question", Mixed(plain, trec, 5)), ("one in ten Chinese", Mixed(plain, chinese, 10)),
            ("spam 40 % instead of 13 %", plain.At([.. spam, .. ham.Take(spam.Length * 3 / 2)])),
        ];
        foreach (var row in Simulated("texts", embedder, true, plain, others, draws)) yield return row;

        DriftSamples Lines(string file, Func<string, string> text) =>
            new DriftSamples([.. File.ReadLines(Path.Combine(root, file), System.Text.Encoding.UTF8).Where(line => line.Length > 3).Take(1000).Select(text)]) is var read ? read with { Labels = [.. read.Items.Select(_ => "ham")] } : null!;
    }

    /// <summary>Numbers of which nothing is known but how they are made: twenty normal ones, moved by a share of their deviation.</summary>
    public static IEnumerable<object> Normal(int draws)
    {
        var random = RandomStream.For(7, 0, "normal");
        Featured[] plain = Made(1500, 0);
        return Rows("normal", embedder: null, plain, null, [("moved by 0.1", Made(600, 0.1), null), ("moved by 0.2", Made(600, 0.2), null), ("moved by 0.4", Made(600, 0.4), null)], draws);

        Featured[] Made(int count, double by) => [.. Enumerable.Range(0, count).Select(_ => new Featured("", [.. Enumerable.Range(0, 20).Select(_ => (float)(random.Normal() + by))], null, null))];
    }

    static DriftSamples Mixed(DriftSamples plain, DriftSamples other, int every) => new(
        [.. plain.Items.Take(other.Items.Count).Select((item, row) => row % every == 0 ? other.Items[row] : item)], [.. plain.Labels!.Take(other.Items.Count).Select((label, row) => row % every == 0 ? other.Labels![row] : label)]);

    static IEnumerable<object> Simulated(string name, Embedder embedder, bool isText, DriftSamples plain, (string Name, DriftSamples Samples)[] others, int draws)
    {
        var pass = new EmbeddingPass(embedder, isText, "");
        Featured[] Read(DriftSamples samples) => [.. pass.Run(samples.Items, default).SelectMany(part => part)];
        return Rows(name, embedder, Read(plain), plain.Labels, [.. others.Select(other => (other.Name, Read(other.Samples), other.Samples.Labels))], draws);
    }

    static IEnumerable<object> Rows(string name, Embedder? embedder, Featured[] plain, IReadOnlyList<string>? labels, (string Name, Featured[] Made, IReadOnlyList<string>? Labels)[] others, int draws)
    {
        foreach (var (kind, made, given) in others.Prepend(("no drift", plain, labels)))
            foreach (var count in new[] { 50, 100, 200 })
                yield return Row(name, kind, count, [.. Enumerable.Range(0, kind == "no drift" ? draws : Math.Max(1, draws / 5)).AsParallel().Select(draw => Compared(embedder, plain, labels, made, given, count, draw))]);
    }

    // Reference and new samples are never the same ones.
    static DataDrift Compared(Embedder? embedder, Featured[] plain, IReadOnlyList<string>? labels, Featured[] made, IReadOnlyList<string>? given, int count, int draw)
    {
        var random = RandomStream.For(draw, count, "draws");
        var order = random.Permutation(plain.Length);
        var same = ReferenceEquals(plain, made);
        var old = same ? order[count..(count + References)] : order[..References];
        var fresh = same ? order[..count] : random.Permutation(made.Length)[..count];
        Featured[] all = [.. fresh.Select(row => made[row]), .. old.Select(row => plain[row])];
        IReadOnlyList<float[]> features = [.. all.Select(one => one.Features!)];
        var classes = all[0].Scores is not null ? [.. all.Select(one => Array.IndexOf(one.Scores!, one.Scores!.Max()))]
            : labels is null ? null : Indices([.. fresh.Select(row => given![row]), .. old.Select(row => labels[row])]);
        var test = classes is null ? null : new LabelTest(classes, classes.Max() + 1, count);
        var comparison = new DriftComparison(PairDistances.Of(embedder?.Scaled(features) ?? features, default), count, test, s_settings with { Seed = draw, MinimumEffect = embedder?.LeastEffect });
        foreach (var _ in comparison.Run(default)) { }
        var shift = test is null ? null : new LabelShift { PValue = comparison.LabelChance, Effect = test.Effect(test.Statistic()), MinimumEffect = s_settings.MinimumLabelEffect, Classes = [new()] };
        return DriftRule.Judged(comparison.Result with { Labels = shift }, s_settings.MinimumCount);
    }

    static int[] Indices(string[] labels)
    {
        var names = labels.Distinct().ToList();
        return [.. labels.Select(label => names.IndexOf(label))];
    }

    static object Row(string name, string kind, int count, DataDrift[] drifts)
    {
        return new
        {
            data = name, kind, reference = References, @new = count, draws = drifts.Length,
            drifted = Share(drift => drift.Verdict == DriftVerdict.Drifted), stable = Share(drift => drift.Verdict == DriftVerdict.Stable), inconclusive = Share(drift => drift.Verdict == DriftVerdict.Inconclusive),
            features_at_level = Share(drift => drift.PValue <= drift.Level), features_at_5_percent = Share(drift => drift.PValue <= 0.05), labels_at_level = Share(drift => drift.Labels?.PValue <= drift.Level),
            effect = Mean(drift => drift.Effect), low = Mean(drift => drift.EffectInterval.Low), high = Mean(drift => drift.EffectInterval.High), v = Mean(drift => drift.Labels?.Effect ?? 0),
        };

        double Share(Func<DataDrift, bool> of) => Math.Round((double)drifts.Count(of) / drifts.Length, 3);
        double Mean(Func<DataDrift, double> of) => Math.Round(drifts.Average(of), 4);
    }
}
