using PSFineTune.Pictures;
using SkiaSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Class names in any script.</summary>
public class LetteringTests
{
    static readonly IReadOnlyList<SKTypeface> s_latin = [.. SystemFonts.All.Where(font => font.FamilyName == "DejaVu Sans").Take(1)];

    static IReadOnlyList<SKTypeface> Wide => [.. SystemFonts.All.Where(font => { using var sized = new SKFont(font); return sized.ContainsGlyphs("帽子"); }).Take(1)];

    static int Ink(FallbackLettering lettering, string text)
    {
        using var bitmap = new SKBitmap(400, 40);
        bitmap.Erase(SKColors.White);
        using (var canvas = new SKCanvas(bitmap)) lettering.Draw(canvas, text, 4, 30, 20, SKColors.Black);
        return bitmap.Pixels.Count(pixel => pixel.Red < 128);
    }

    [Fact]
    public void Each_character_comes_from_the_first_font_that_has_it()
    {
        Assert.SkipWhen(s_latin.Count == 0 || Wide.Count == 0, "this machine has no DejaVu Sans, or no font of Chinese");
        var both = new FallbackLettering([.. s_latin, .. Wide]);
        Assert.Equal(new FallbackLettering(s_latin).Width("hat ", 20) + new FallbackLettering(Wide).Width("帽子", 20), both.Width("hat 帽子", 20), 0.01);
        Assert.True(Ink(both, "帽子") > 100);
        Assert.Empty(both.Missing);
    }

    [Fact]
    public void What_no_font_has_is_a_box_and_is_known_as_missing()
    {
        var latin = new FallbackLettering(s_latin);
        Assert.True(Ink(latin, "hat 帽子") > 0);
        Assert.Equal(["子", "帽"], latin.Missing);
        var none = new FallbackLettering([]);
        Assert.True(Ink(none, "hat 帽子") > 50);
        Assert.Equal(["子", "帽"], none.Missing);
        Assert.True(none.Width("帽子 hat", 20) > none.Width("hat", 20));
    }

    [Fact]
    public void Arabic_letters_join_and_run_from_right_to_left()
    {
        // bāb, "door": initial beh, final alef, isolated beh; drawn from the left it is the other way about.
        Assert.Equal(["\uFE8F", "\uFE8E", "\uFE91"], VisualOrder.Of("\u0628\u0627\u0628", _ => true));
        // Lam and alef are one letter.
        Assert.Equal(["\uFEFC", "\uFEB3"], VisualOrder.Of("\u0633\u0644\u0627", _ => true));
        // Farsi's yeh and keheh lie elsewhere.
        Assert.Equal(["\uFBFD", "\uFB90"], VisualOrder.Of("\u06A9\u06CC", _ => true));
        // A font without the shapes draws the plain letters.
        Assert.Equal(["\u0628", "\u0627", "\u0628"], VisualOrder.Of("\u0628\u0627\u0628", _ => false));
    }

    [Fact]
    public void Numbers_and_latin_keep_their_direction_and_brackets_turn()
    {
        Assert.Equal("hat 12", string.Concat(VisualOrder.Of("hat 12", _ => true)));
        Assert.Equal("93 גבא", string.Concat(VisualOrder.Of("אבג 93", _ => true)));
        Assert.Equal("hat בא x", string.Concat(VisualOrder.Of("hat אב x", _ => true)));
        Assert.Equal("בא, taken for גב", string.Concat(VisualOrder.Of("אב, taken for בג", _ => true)));
        Assert.Equal("(גב) א", string.Concat(VisualOrder.Of("א (בג)", _ => true)));
    }

    [Fact]
    public void A_title_with_marks_and_emoji_is_one_character_each()
    {
        var latin = new FallbackLettering(s_latin);
        Assert.SkipWhen(s_latin.Count == 0, "this machine has no DejaVu Sans");
        Ink(latin, "e\u0301 \uFE0F");
        Assert.Empty(latin.Missing);
    }
}
