/** The little of the DOM that our functions inside the page use; the project is checked without the browser's types. */
export type PageElement = {
  readonly textContent: string | null
  readonly className: string
  readonly parentElement: PageElement | null
  readonly children: ArrayLike<PageElement>
  getAttribute(name: string): string | null
  getClientRects(): { readonly length: number }
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
  closest(selector: string): PageElement | null
  contains(other: PageElement): boolean
}

export type PageDocument = PageElement & { readonly body: PageElement }
