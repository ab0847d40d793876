namespace PSFineTune.Imaging;

/// <summary>A rectangle of a picture, pixels; it may reach beyond the picture where its user says so.</summary>
readonly record struct Window(int Left, int Top, int Width, int Height)
{
    /// <summary>The first column that is no longer inside.</summary>
    public int Right => Left + Width;

    /// <summary>The first row that is no longer inside.</summary>
    public int Bottom => Top + Height;

    /// <summary>The same pixels where columns are rows.</summary>
    public Window Turned() => new(Top, Left, Height, Width);

    /// <summary>Whether it has pixels, and all of them lie in a picture of that size.</summary>
    public bool LiesIn(int width, int height) =>
        Left >= 0 && Top >= 0 && Width > 0 && Height > 0 && Width <= width - Left && Height <= height - Top;
}
