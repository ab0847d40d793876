namespace PSFineTune.Audit;

/// <summary>How two pictures that show the same are told of.</summary>
static class TwinText
{
    public static bool IsExact(TwinKind kind) => kind is TwinKind.Bytes or TwinKind.Pixels;

    /// <summary>Whether an image has a twin, and it is of the same split and no other label: what leaks or conflicts is told by rules of its own.</summary>
    public static bool IsPlain(ImageSurvey survey, int row) =>
        survey.Twins.FirstOf(row) is >= 0 and var first && survey.SplitAt(first) == survey.SplitAt(row) && survey.LabelAt(first) == survey.LabelAt(row);

    /// <summary>The beginning of a sentence.</summary>
    public static string Of(ImageSurvey survey, int row, int twin, TwinKind kind)
    {
        var (one, other) = ($"'{survey.NameAt(row)}'", $"'{survey.NameAt(twin)}'");
        return kind switch
        {
            TwinKind.Bytes => $"{one} is a copy of {other}, byte by byte",
            TwinKind.Pixels => $"{one} has the pixels of {other}",
            TwinKind.Mirrored => $"{one} shows {other} mirrored",
            TwinKind.Turned => $"{one} shows {other} turned",
            TwinKind.Part => $"{one} shows a part of {other}, or more of it",
            _ => $"{one} shows what {other} shows, in another size or encoding",
        };
    }
}
