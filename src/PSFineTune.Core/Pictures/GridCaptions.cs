namespace PSFineTune.Pictures;

/// <summary>The room for what stands above the pictures of a grid.</summary>
/// <param name="Lines">0 for none.</param>
/// <param name="IsSmall">For what was drawn, which is longer than a name.</param>
readonly record struct GridCaptions(int Lines, bool IsSmall)
{
    const int MostLines = 3, MostOfFinding = 5;

    public static GridCaptions None => default;

    public static GridCaptions Titles => new(1, false);

    /// <summary>Room for names: one line, or two where one of them is too long for it.</summary>
    /// <param name="titles">All of them.</param>
    /// <param name="side">Of a cell, pixels.</param>
    /// <param name="lettering">They are drawn in.</param>
    public static GridCaptions Names(IEnumerable<string> titles, float side, Lettering lettering)
    {
        var size = new GridCaptions(1, false).Size(side);
        return new(titles.Distinct().Any(title => lettering.Width(title, size) > Width(side - 2 * Gap(side), size)) ? 2 : 1, false);
    }

    /// <summary>Room for texts of draws, no more than they need.</summary>
    /// <param name="drawn">Some of them; one that is longer is shortened.</param>
    /// <param name="side">Of a cell, pixels.</param>
    /// <param name="lettering">They are drawn in.</param>
    public static GridCaptions Draws(IEnumerable<string> drawn, float side, Lettering lettering) => Small(drawn, side, lettering, MostLines);

    /// <summary>Room for reasons and the names below them, no more than they need.</summary>
    /// <param name="found">All of them.</param>
    /// <param name="side">Of a cell, pixels.</param>
    /// <param name="lettering">They are drawn in.</param>
    public static GridCaptions Findings(IEnumerable<string> found, float side, Lettering lettering) => Small(found, side, lettering, MostOfFinding);

    static GridCaptions Small(IEnumerable<string> texts, float side, Lettering lettering, int most)
    {
        var size = new GridCaptions(1, true).Size(side);
        return new(texts.Select(text => lettering.Lines(text, size, Width(side - 2 * Gap(side), size), most).Count).DefaultIfEmpty(1).Max(), true);
    }

    /// <summary>Around a picture, pixels.</summary>
    public static float Gap(float side) => Math.Max(1, side / 48f);

    /// <summary>Of a line, so that neighbours do not run into each other.</summary>
    public static float Width(float place, float size) => place - size / 2;

    /// <summary>Of the letters, pixels.</summary>
    public float Size(float side) => IsSmall ? Math.Clamp(side / 19f, 9, 18) : Math.Clamp(side / 13f, 10, 28);
}
