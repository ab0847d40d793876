using System.Net;

namespace PSFineTune.Downloads;

/// <summary>Brings a file from a server: goes on where it broke off, begins again where the content has changed, gives up where it comes no further.</summary>
sealed class Transfer(WebRequests requests, Uri from, IPart part, FileFacts expected, DownloadOptions options)
{
    // A name that is not known will hardly be in a minute.
    const int TriesToReach = 3;

    readonly string _shown = WebAddress.Shown(from);
    readonly byte[] _buffer = new byte[1 << 16];
    int _failures;
    bool _isPatched = part.Length > 0;
    long _furthest = part.Length;

    /// <returns>Whether the part was put together from more than one answer.</returns>
    /// <exception cref="FineTuneException">As <see cref="Downloader.Save"/>, without those of the file.</exception>
    public bool Run(DownloadPace? pace, CancellationToken cancel)
    {
        while (Receive(pace, cancel) is { } interruption)
        {
            cancel.ThrowIfCancellationRequested();
            // A server that always begins again and breaks off again comes no further either.
            if (part.Length > _furthest) (_furthest, _failures) = (part.Length, 0);
            _failures++;
            if (interruption.IsUnreachable && _failures >= Math.Min(TriesToReach, options.Retries + 1)) throw Fault.NoNetwork(_shown, interruption.Why, options.Proxy is { } proxy ? WebAddress.Shown(proxy) : null);
            if (_failures > options.Retries) throw Fault.DownloadFailed(_shown, _failures, interruption.Why, _furthest);
            if (interruption.After > options.LongestRetryAfter) throw Fault.UnexpectedAnswer(_shown, FormattableString.Invariant($"the wish to be asked again in {interruption.After.Value.TotalMinutes:0} minutes"));
            var pause = TimeSpan.FromTicks(Math.Min(options.FirstPause.Ticks << Math.Min(_failures - 1, 20), options.LongestPause.Ticks));
            cancel.WaitHandle.WaitOne(interruption.After > pause ? interruption.After.Value : pause);
            cancel.ThrowIfCancellationRequested();
        }
        return _isPatched;
    }

    // Null when all is there.
    Interruption? Receive(DownloadPace? pace, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            silence.CancelAfter(options.IdleTimeout);
            using var answer = requests.Get(from, Offset, part.Note?.Mark, silence.Token);
            if (Interruption.Of(answer, _shown, DateTimeOffset.UtcNow) is { } refused) return refused;
            if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return Unsatisfied(answer);
            if (!Prepare(answer)) return new("the server offered another part than the one asked for");
            Read(answer, pace, silence);
            return part.Note!.Total is { } total && part.Length < total ? new(FormattableString.Invariant($"it ended after {part.Length} of {total} bytes")) : Complete();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(FormattableString.Invariant($"nothing came for {options.IdleTimeout.TotalSeconds:0.#} seconds"));
        }
        catch (HttpRequestException wrong)
        {
            return Interruption.Of(wrong, _shown);
        }
        catch (IOException wrong)
        {
            return new($"the connection was lost ({wrong.Message.TrimEnd('.')})");
        }
    }

    // Without a mark only a hash can tell whether the rest still belongs to the beginning.
    long Offset => part.Note is { } note && (note.Mark is not null || expected.Sha256 is not null) ? part.Length : 0;

    // The part is whole already, or of a longer file than there is now.
    Interruption? Unsatisfied(HttpResponseMessage answer)
    {
        if (part.Length > 0 && answer.Content.Headers.ContentRange is { Length: { } all } && all == part.Length && (expected.Sha256 is not null || WebRequests.MarkOf(answer) is not { } mark || mark == part.Note?.Mark)) return Complete();
        part.Restart(new() { Address = _shown });
        return new("the server has no such part (416)");
    }

    bool Prepare(HttpResponseMessage answer)
    {
        var (mark, range) = (WebRequests.MarkOf(answer), answer.Content.Headers.ContentRange);
        var isPart = answer.StatusCode == HttpStatusCode.PartialContent;
        var total = isPart ? range?.Length : answer.Content.Headers.ContentLength;
        if (total is { } offered && expected.Bytes is { } wanted && offered != wanted) throw Fault.WrongSize(_shown, wanted, offered);
        if (isPart && !(range?.From == part.Length && part.Length > 0 && (mark is null || mark == part.Note!.Mark) && (total is null || part.Note!.Total is null || total == part.Note.Total)))
        {
            part.Restart(new() { Address = _shown });
            return false;
        }
        if (!isPart) part.Restart(new() { Address = _shown, Mark = mark, Total = total });
        _isPatched = isPart;
        if (total is { } all) DiskRoom.Require(part.Folder, all - part.Length);
        return true;
    }

    void Read(HttpResponseMessage answer, DownloadPace? pace, CancellationTokenSource silence)
    {
        using var stream = answer.Content.ReadAsStreamAsync(silence.Token).GetAwaiter().GetResult();
        while (true)
        {
            silence.CancelAfter(options.IdleTimeout);
            var reading = stream.ReadAsync(_buffer, silence.Token);
            var count = reading.IsCompletedSuccessfully ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
            if (count == 0) return;
            if (part.Length == 0 && Interruption.IsPage(_buffer.AsSpan(0, count))) throw Fault.CaptivePortal(_shown);
            if (expected.Bytes is { } wanted && part.Length + count > wanted) throw Fault.WrongSize(_shown, wanted, part.Length + count);
            part.Append(_buffer.AsSpan(0, count));
            pace?.At(part.Length, part.Note!.Total ?? expected.Bytes);
        }
    }

    // A server that does not say how much there is may end early without a sign.
    Interruption? Complete() => expected.Bytes is { } wanted && part.Length < wanted ? new(FormattableString.Invariant($"it ended after {part.Length} of {wanted} bytes")) : null;
}
