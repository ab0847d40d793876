namespace PSFineTune;

/// <summary>
/// Whether code of somebody else, such as a TorchScript program, may be run: never, but where a user says so for one call. It
/// holds for what that call does, on whatever thread, and nothing that is read from a file can give it.
/// </summary>
static class CodeConsent
{
    static readonly AsyncLocal<bool> s_given = new();

    /// <summary>Consent until it is disposed, where it is given; else nothing changes.</summary>
    public static IDisposable If(bool given)
    {
        var before = s_given.Value;
        s_given.Value = before || given;
        return new Scope(before);
    }

    /// <param name="path">What holds code.</param>
    /// <exception cref="FineTuneException">CodeNotAllowed.</exception>
    public static void Require(string path)
    {
        if (!s_given.Value) throw Fault.CodeNotAllowed(path);
    }

    sealed class Scope(bool before) : IDisposable
    {
        public void Dispose() => s_given.Value = before;
    }
}
