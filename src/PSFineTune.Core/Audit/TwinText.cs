namespace PSFineTune.Audit;

/// <summary>How two pictures that show the same are told of.</summary>
static class TwinText
{
    public static bool IsExact(TwinKind kind) => kind is TwinKind.Bytes or TwinKind.Pixels;

    /// <summary>Whether an image has a twin, and it is of the same split and no other label: what leaks or conflicts is told by rules of its own.</summary>
    public static bool IsPlain(ImageSurvey survey, int row) =>
        survey.Twins.FirstOf(row) is >= 0 and var first && survey.SplitAt(first) == survey.SplitAt(row) && survey.LabelAt(first) == survey.LabelAt(row);

    /// <summary>The beginning of a sentence.</summary>
    /// <param name="survey">Of both.</param>
    /// <param name="row">Of the one.</param>
    /// <param name="twin">Of the other.</param>
    /// <param name="kind">How they are one.</param>
    /// <param name="what">What each is, put behind its name; null for nothing.</param>
    public static string Of(ImageSurvey survey, int row, int twin, TwinKind kind, Func<int, string>? what = null)
    {
        var (one, other) = ($"'{survey.NameAt(row)}'{What(row)}", $"'{survey.NameAt(twin)}'{What(twin)}");
        var sentence = kind switch
        {
            TwinKind.Bytes => $"{one} is byte by byte a copy of {other}",
            TwinKind.Pixels => $"{one} has the pixels of {other}",
            TwinKind.Mirrored => $"{one} shows {other} mirrored",
            TwinKind.Turned => $"{one} shows {other} turned",
            TwinKind.Part => $"{one} shows a part of {other} or more of it",
            _ => $"{one} shows what {other} shows, in another size or encoding",
        };
        return sentence.TrimEnd(',');

        string What(int shown) => what is null ? "" : $", {what(shown)},";
    }
}
