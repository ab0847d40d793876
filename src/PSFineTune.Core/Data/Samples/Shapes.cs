using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>
/// Shapes and arrangements of shapes in any colour, size, place and turn: a source set, whose network knows parts and
/// how they lie to each other and not that some class is red.
/// </summary>
public sealed record Shapes : PictureSet
{
    static readonly SortedDictionary<string, Action<Scene, SKColor, SKColor>> s_draw = new(StringComparer.Ordinal)
    {
        ["arrow"] = (scene, fill, _) => scene.Fill(Arrow(scene.Random), fill),
        ["capsule"] = (scene, fill, _) => scene.Fill(Outline.Capsule(2, scene.Random.Uniform(0.4, 0.8)), fill),
        ["checker"] = (scene, fill, other) => Cells(scene, scene.Random.Below(2) + 3, (x, y) => (x + y) % 2 == 0 ? fill : other),
        ["crescent"] = (scene, fill, _) => scene.Fill(Outline.Crescent(scene.Random.Uniform(0.25, 0.45)), fill),
        ["cross"] = (scene, fill, _) => Both(scene, 90, Outline.Box, fill, fill),
        ["crossed"] = (scene, fill, other) => Both(scene, scene.Random.Uniform(55, 125), Outline.Capsule, fill, other),
        ["disc"] = (scene, fill, _) => scene.Fill(Outline.Disc(1), fill),
        ["drop"] = (scene, fill, _) => scene.Fill(Outline.Drop(), fill),
        ["dumbbell"] = Dumbbell,
        ["grid"] = (scene, fill, other) => Cells(scene, 4, (x, y) => x % 2 == 1 || y % 2 == 1 ? fill : other),
        ["heart"] = (scene, fill, _) => scene.Fill(Outline.Heart(), fill),
        ["hexagon"] = (scene, fill, _) => scene.Fill(Outline.Polygon(6), fill),
        ["nested"] = (scene, fill, other) => Nested(scene, fill, other, ends: false),
        ["pair"] = (scene, fill, other) => Pair(scene, fill, other),
        ["pencil"] = Pencil,
        ["ring"] = (scene, fill, _) => scene.Fill(Outline.Ring(1, scene.Random.Uniform(0.45, 0.7)), fill),
        ["ruled"] = (scene, fill, other) => Nested(scene, fill, other, ends: true),
        ["spiral"] = (scene, fill, _) => scene.Stroke(Outline.Spiral(scene.Random.Uniform(2, 3)), fill, 0.17),
        ["square"] = (scene, fill, _) => scene.Fill(Outline.Box(1.6, 1.6), fill),
        ["stack"] = Stack,
        ["star"] = (scene, fill, _) => scene.Fill(Outline.Star(5, scene.Random.Uniform(0.35, 0.5)), fill),
        ["striped"] = Striped,
        ["target"] = Target,
        ["triangle"] = (scene, fill, _) => scene.Fill(Outline.Polygon(3), fill),
        ["wave"] = (scene, fill, _) => scene.Stroke(Outline.Wave(2, scene.Random.Uniform(0.2, 0.4), scene.Random.Uniform(1.5, 3)), fill, 0.2),
    };

    public override IReadOnlyList<string> Classes { get; } = [.. s_draw.Keys];

    internal override void Draw(Scene scene, string label)
    {
        var random = scene.Random;
        var background = Palette.Any(random);
        scene.Background(background);
        if (random.Chance(0.5)) scene.Texture(Palette.Vary(random, background, 0.3));
        for (var i = random.Below(5); i > 0; i--) scene.Place(0.06, 0.2, 1, () => Scrap(scene, Palette.Any(random)));
        var fill = Palette.Beside(random, background);
        var other = Palette.Beside(random, background, fill);
        scene.Place(0.35, 0.85, 0.25, () => s_draw[label](scene, fill, other));
    }

    /// <summary>A small thing of no meaning.</summary>
    internal static void Scrap(Scene scene, SKColor color) => scene.Fill(scene.Random.Below(5) switch
    {
        0 => Outline.Disc(0.8),
        1 => Outline.Polygon(3),
        2 => Outline.Box(1.6, scene.Random.Uniform(0.3, 1.6)),
        3 => Outline.Capsule(2, scene.Random.Uniform(0.3, 0.8)),
        _ => Outline.Crescent(0.4),
    }, color);

    static SKPath Arrow(RandomStream random)
    {
        var shaft = (float)random.Uniform(0.15, 0.3);
        return Outline.Closed([new(-1, -shaft), new(0.1f, -shaft), new(0.1f, -0.7f), new(1, 0), new(0.1f, 0.7f), new(0.1f, shaft), new(-1, shaft)]);
    }

    static void Cells(Scene scene, int count, Func<int, int, SKColor> colorOf)
    {
        var side = 1.8 / count;
        for (var y = 0; y < count; y++)
            for (var x = 0; x < count; x++)
                scene.At((x - (count - 1) / 2.0) * side, (y - (count - 1) / 2.0) * side, 0, () => scene.Fill(Outline.Box(side, side), colorOf(x, y)));
    }

    static void Both(Scene scene, double degrees, Func<double, double, SKPath> outline, SKColor fill, SKColor other)
    {
        var width = scene.Random.Uniform(0.3, 0.6);
        scene.Fill(outline(2, width), fill);
        scene.At(0, 0, degrees, () => scene.Fill(outline(2, width * scene.Random.Uniform(0.6, 1)), other));
    }

    // A bar in a bar; or one whose ends are cut square, with the inner one at its edge.
    static void Nested(Scene scene, SKColor fill, SKColor other, bool ends)
    {
        var width = scene.Random.Uniform(0.6, 0.95);
        scene.Fill(ends ? Outline.Box(2, width) : Outline.Capsule(2, width), fill);
        scene.At(0, ends ? width / 3 : 0, 0, () => scene.Fill(Outline.Capsule(2 * scene.Random.Uniform(0.85, 1.1), width * scene.Random.Uniform(0.3, 0.55)), other));
    }

    static void Pair(Scene scene, SKColor fill, SKColor other)
    {
        var width = scene.Random.Uniform(0.35, 0.55);
        scene.At(0, -width * 0.8, 0, () => scene.Fill(Outline.Capsule(2, width), fill));
        scene.At(scene.Random.Uniform(-0.2, 0.2), width * 0.8, 0, () => scene.Fill(Outline.Capsule(2, width), other));
    }

    static void Dumbbell(Scene scene, SKColor fill, SKColor other)
    {
        scene.Fill(Outline.Box(1.6, 0.25), other);
        foreach (var x in new[] { -0.7, 0.7 }) scene.At(x, 0, 0, () => scene.Fill(Outline.Disc(0.35), fill));
    }

    internal static void Pencil(Scene scene, SKColor fill, SKColor other)
    {
        var half = (float)scene.Random.Uniform(0.13, 0.28);
        scene.Fill(Outline.Box(1.3, 2 * half), fill);
        scene.Fill(Outline.Closed([new(0.65f, -half), new(1, 0), new(0.65f, half)]), other);
        scene.At(-0.75, 0, 0, () => scene.Fill(Outline.Box(0.25, 2 * half), other));
    }

    static void Stack(Scene scene, SKColor fill, SKColor other)
    {
        scene.At(0, -0.05, 0, () => scene.Fill(Outline.Dome(0.9), fill));
        scene.At(0, 0.12, 0, () => scene.Fill(Outline.Capsule(1.9, 0.3), other));
        scene.At(0, 0.45, 0, () => scene.Fill(Outline.Capsule(1.8, 0.4), fill));
    }

    static void Striped(Scene scene, SKColor fill, SKColor other)
    {
        var count = 5 + 2 * scene.Random.Below(2);
        for (var i = 0; i < count; i++)
            scene.At(0, (i - (count - 1) / 2.0) * 1.8 / count, 0, () => scene.Fill(Outline.Box(1.8, 1.8 / count), i % 2 == 0 ? fill : other));
    }

    static void Target(Scene scene, SKColor fill, SKColor other)
    {
        scene.Fill(Outline.Disc(1), fill);
        scene.Fill(Outline.Disc(scene.Random.Uniform(0.45, 0.7)), other);
    }
}
