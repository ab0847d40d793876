using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>
/// A hot dog or not: a sausage lying along in a bun, among things of the same parts and colours that are none. Neither
/// colour nor a part alone tells the classes apart, only how the parts lie.
/// </summary>
public sealed record HotDog : PictureSet
{
    const string Yes = "hotdog";

    // Each a thing that is no hot dog.
    static readonly Action<Scene>[] s_others = [Bun, Sausage, Beside, Across, Burger, Slice, Banana, Pencil, Apart];

    public override IReadOnlyList<string> Classes { get; } = [Yes, "not-hotdog"];

    internal override void Draw(Scene scene, string label)
    {
        var random = scene.Random;
        var background = Palette.Any(random);
        scene.Background(background);
        if (random.Chance(0.6)) scene.Texture(random.Chance(0.5) ? Palette.Any(random) : Palette.Vary(random, background, 0.3));
        if (random.Chance(0.35)) scene.Place(0.7, 0.95, 0.15, () => scene.Fill(Outline.Disc(1), Palette.Any(random)));
        for (var i = random.Below(6); i > 0; i--) scene.Place(0.06, 0.25, 1, () => Shapes.Scrap(scene, Crumb(random)));
        scene.Place(0.45, 0.85, 0.25, () =>
        {
            if (label == Yes) Along(scene);
            else s_others[random.Below(s_others.Length)](scene);
        });
    }

    // Clutter has the colours of the things, so that colour tells nothing.
    static SKColor Crumb(RandomStream random) => random.Below(5) switch
    {
        0 => Palette.Bread(random),
        1 => Palette.Meat(random),
        2 => Palette.Sauce(random),
        3 => Palette.Leaf(random),
        _ => Palette.Any(random),
    };

    static void Along(Scene scene)
    {
        var width = BunWidth(scene);
        DrawBun(scene, width);
        DrawSausage(scene, 2 * scene.Random.Uniform(0.88, 1.12), width * scene.Random.Uniform(0.32, 0.5));
    }

    static void Bun(Scene scene)
    {
        var width = BunWidth(scene);
        DrawBun(scene, width);
        if (scene.Random.Chance(0.5)) Squeeze(scene, 1.6, width * 0.2);
    }

    static void Sausage(Scene scene) => DrawSausage(scene, 2, scene.Random.Uniform(0.25, 0.45));

    static void Beside(Scene scene)
    {
        var (width, thick) = (BunWidth(scene) * 0.8, scene.Random.Uniform(0.22, 0.32));
        scene.At(0, -thick * 0.6, 0, () => DrawBun(scene, width));
        scene.At(scene.Random.Uniform(-0.2, 0.2), width / 2 + thick * 0.1, scene.Random.Uniform(-8, 8), () => DrawSausage(scene, 1.9, thick));
    }

    static void Across(Scene scene)
    {
        var width = BunWidth(scene);
        DrawBun(scene, width);
        scene.At(scene.Random.Uniform(-0.3, 0.3), 0, scene.Random.Uniform(50, 130), () => DrawSausage(scene, 1.8, width * scene.Random.Uniform(0.32, 0.5)));
    }

    static void Burger(Scene scene)
    {
        var bread = Palette.Bread(scene.Random);
        scene.At(0, -0.1, 0, () => scene.Fill(Outline.Dome(0.9), bread));
        scene.At(0, -0.02, 0, () => scene.Stroke(Outline.Wave(1.8, 0.06, 5), scene.Random.Chance(0.5) ? Palette.Leaf(scene.Random) : Palette.Sauce(scene.Random), 0.14));
        scene.At(0, 0.18, 0, () => scene.Fill(Outline.Capsule(1.85, 0.28), Palette.Meat(scene.Random)));
        scene.At(0, 0.48, 0, () => scene.Fill(Outline.Capsule(1.75, 0.36), bread));
    }

    static void Slice(Scene scene)
    {
        scene.Fill(Outline.Disc(0.9), Palette.Bread(scene.Random));
        scene.Fill(Outline.Disc(scene.Random.Uniform(0.4, 0.6)), Palette.Meat(scene.Random));
        Squeeze(scene, 0.9, 0.1);
    }

    static void Banana(Scene scene) => scene.Fill(Outline.Crescent(scene.Random.Uniform(0.28, 0.4)), scene.Random.Chance(0.6) ? Palette.Sauce(scene.Random) : Palette.Bread(scene.Random));

    static void Pencil(Scene scene) => Shapes.Pencil(scene, scene.Random.Chance(0.5) ? Palette.Meat(scene.Random) : Palette.Sauce(scene.Random), Palette.Bread(scene.Random));

    // A bun and sausages, all short, that do not touch in the right way.
    static void Apart(Scene scene)
    {
        scene.At(-0.45, 0, scene.Random.Uniform(60, 120), () => scene.Fill(Outline.Capsule(1.4, 0.6), Palette.Bread(scene.Random)));
        scene.At(0.5, 0, scene.Random.Uniform(0, 180), () => DrawSausage(scene, 1.2, 0.28));
    }

    static double BunWidth(Scene scene) => scene.Random.Uniform(0.65, 0.95);

    // Seen from above: the crust, and the paler cut along its middle.
    static void DrawBun(Scene scene, double width)
    {
        var crust = Palette.Bread(scene.Random);
        scene.Fill(Outline.Capsule(2, width), crust);
        if (scene.Random.Chance(0.6)) scene.Fill(Outline.Capsule(1.85, width * scene.Random.Uniform(0.5, 0.65)), Palette.Vary(scene.Random, crust, 0.2));
    }

    static void DrawSausage(Scene scene, double length, double width)
    {
        scene.Fill(Outline.Capsule(length, width), Palette.Meat(scene.Random));
        if (scene.Random.Chance(0.6)) Squeeze(scene, length * 0.85, width * 0.3);
    }

    static void Squeeze(Scene scene, double length, double height) =>
        scene.Stroke(Outline.Wave(length, height, scene.Random.Uniform(2, 5)), Palette.Sauce(scene.Random), 0.08);
}
