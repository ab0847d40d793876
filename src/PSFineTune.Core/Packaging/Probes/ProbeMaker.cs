using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Packaging.Probes;

/// <summary>Probes of a model, from the validation samples: a few of each class, by their content, so that the same data make the same probes.</summary>
static class ProbeMaker
{
    // Of a photo whose file is too large to travel along.
    const int Side = 256;

    // The rounding is far below what a check allows.
    const int Decimals = 6;

    /// <summary>Null where there is no validation sample, or none can be read.</summary>
    /// <param name="model">Scored at temperature 1 and on the plain view.</param>
    /// <param name="data">What it learned from.</param>
    /// <param name="count">At most so many, 1 to 64.</param>
    /// <param name="cancel">Checked for every sample.</param>
    public static ProbeSet? Of(TrainedModel model, Dataset data, int count, CancellationToken cancel)
    {
        var probes = new List<Probe>();
        var images = new Dictionary<string, PartSource>(StringComparer.Ordinal);
        foreach (var row in Rows(data, count))
        {
            cancel.ThrowIfCancellationRequested();
            var item = data.ItemAt(row);
            if (model.IsText)
            {
                if (item.Length <= ProbeSet.TextLimit) probes.Add(new() { Text = item });
            }
            else if (Image(item) is { } image)
            {
                var name = $"probes/{probes.Count + 1:00}.{image.Ending}";
                images.Add(name, PartSource.Of(image.Bytes));
                probes.Add(new() { Image = name });
            }
        }
        if (probes.Count == 0) return null;
        var unscored = new ProbeSet(probes, images);
        return unscored with { Probes = [.. probes.Zip(ProbeCheck.Scores(model, unscored, cancel), (probe, scores) => probe with { Scores = [.. scores.Select(score => Math.Round((double)score, Decimals))] })] };
    }

    static IEnumerable<int> Rows(Dataset data, int count)
    {
        // Others are not what the user was told would travel along.
        return data.RowsOf(Split.Validation).ToArray().GroupBy(data.LabelAt)
            .SelectMany(same => same.Select(row => (Row: row, Hash: Convert.ToHexString(data.HashAt(row)))).OrderBy(one => one.Hash, StringComparer.Ordinal).Take(count)
                .Select((one, rank) => (one.Row, Rank: rank, Label: same.Key)))
            .OrderBy(one => one.Rank).ThenBy(one => one.Label).Take(count).Select(one => one.Row);
    }

    // The file as it is, for reading it is part of what is checked; else a small one without loss.
    static (byte[] Bytes, string Ending)? Image(string path)
    {
        try
        {
            var bytes = ImageFile.Read(path);
            if (bytes.Length <= ProbeSet.ImageLimit) return (bytes, ImageWriter.FormatOf(path) is { } format ? format.ToString().ToLowerInvariant() : "image");
            var picture = ImageFile.Decode(bytes, path);
            var scale = Math.Min(1, (double)Side / Math.Max(picture.Width, picture.Height));
            var (width, height) = (Math.Max(1, (int)(scale * picture.Width)), Math.Max(1, (int)(scale * picture.Height)));
            var small = ImageWriter.Encode(Resampler.Resample(picture, new(0, 0, picture.Width, picture.Height), width, height, Interpolation.Bilinear), ImageFormat.Png);
            return small.Length <= ProbeSet.ImageLimit ? (small, "png") : null;
        }
        catch (FineTuneException)
        {
            return null;
        }
    }
}
