namespace PSFineTune.Text.Chinese;

/// <summary>The characters that jieba takes for Chinese ones.</summary>
static class Han
{
    public const char First = '\u4E00', Last = '\u9FD5';

    public static bool Is(char character) => character is >= First and <= Last;
}
