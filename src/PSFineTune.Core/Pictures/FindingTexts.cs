using PSFineTune.Attributions;
using PSFineTune.Data.Texts;

namespace PSFineTune.Pictures;

/// <summary>Puts the texts of findings into their items: read from where the findings say they are, each file once.</summary>
static class FindingTexts
{
    // UTF-16 units; a cell shows a few hundred.
    const int Most = 4000;

    /// <param name="items">Whichever; those of images stay as they are, as do those whose text is no longer there.</param>
    /// <param name="count">How many are going to be shown; further ones are not read.</param>
    /// <param name="cancel">Checked for every row.</param>
    public static IReadOnlyList<GridItem> Read(IReadOnlyList<GridItem> items, int count, CancellationToken cancel)
    {
        var shown = items.Take(count).Where(item => item.Finding is not null).ToList();
        var places = shown.Select(item => (Item: item, item.Finding!.Message)).Concat(shown.Select(item => item.Beside).OfType<GridItem>().Select(item => (Item: item, Message: "")))
            .Where(place => place.Item.Line is not null).Select(place => new TextClue(place.Item.Path, place.Item.Line!.Value, place.Message)).ToList();
        if (places.Count == 0) return items;
        var texts = new Dictionary<(string, int?), string>();
        string? column = null;
        // Files with messages tell of which column they speak.
        foreach (var file in places.GroupBy(place => place.Path).OrderBy(file => file.All(place => place.Message.Length == 0)))
            try
            {
                foreach (var (line, text) in TextPlaces.Read(file.Key, [.. file], ref column, cancel)) texts[(file.Key, line)] = text;
            }
            catch (FineTuneException)
            {
                // A finding may be that the file cannot be read; its cell stays empty.
            }
        return [.. items.Select((item, index) => index < count && item.Finding is not null ? Filled(item, texts) : item)];
    }

    static GridItem Filled(GridItem item, Dictionary<(string, int?), string> texts)
    {
        var (own, related) = (texts.GetValueOrDefault((item.Path, item.Line)), item.Beside is { } other ? texts.GetValueOrDefault((other.Path, other.Line)) : null);
        if (own is null && related is null) return item;
        var captioned = FindingItem.Captioned(item, own, related);
        return Written(captioned with { Beside = captioned.Beside is { } beside ? Written(beside, related) : null }, own);
    }

    static GridItem Written(GridItem item, string? text) => text is null ? item : item with { Path = "", Attribution = new Attribution { Text = Shown(text) } };

    // Bytes of another encoding are drawn as what they commonly are.
    static string Shown(string text)
    {
        if (text.Length > Most) text = text[..(char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most)] + "…";
        return text.Replace(TextEncoding.Invalid, '\uFFFD');
    }
}
