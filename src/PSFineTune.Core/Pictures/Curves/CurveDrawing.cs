using System.Text;

namespace PSFineTune.Pictures;

/// <summary>Curves to a picture, a page or the text of a terminal.</summary>
abstract class CurveDrawing
{
    readonly Lettering _lettering = new FallbackLettering(SystemFonts.All);

    /// <summary>One below the other.</summary>
    public abstract IReadOnlyList<CurvePanel> Panels { get; }

    /// <summary>What the curves are of, below all of them.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Of a page.</summary>
    protected abstract string Heading { get; }

    /// <summary>Writes beside, then renames.</summary>
    /// <exception cref="FineTuneException">UnknownPictureFormat, CannotWrite; where there is nothing to draw, why.</exception>
    public void Save(string path)
    {
        GridDrawing.CheckFormat(path);
        var bytes = GridDrawing.IsPage(path) ? Encoding.UTF8.GetBytes(new CurvePage(Shown, Names, Heading).ToString()) : Image(path);
        DurableFile.Write(path, stream => stream.Write(bytes));
    }

    /// <param name="path">Its ending says the format.</param>
    public byte[] Image(string path) => new CurvePicture(Shown, Names, _lettering).Encode(path);

    /// <param name="columns">Characters a line has.</param>
    /// <param name="colors">Whether lines are coloured; else their marks alone tell them apart.</param>
    public string Text(int columns, bool colors) => new CurveText(Shown, Names, columns, colors).ToString();

    /// <exception cref="FineTuneException">There is nothing to draw.</exception>
    protected virtual IReadOnlyList<CurvePanel> Shown => Panels;
}
